# 15 CFR 740.22 as of 2026-09-24, and the country chart, for a sale of one item to one end user of
# whom everything is known.
package ace

import rego.v1

default open := false

open if {
	input.family in {"g1", "g2"}
	not closed
}

favored if input.us_subsidiary

favored if input.sector in {"bank", "financial-services", "insurer", "health", "medical-research"}

governmental if {
	input.sector in {
		"police", "judiciary", "national-csirt", "legislature", "civil-administration",
		"telecom-it-agency", "finance-tax", "international-organization",
	}
}

governmental if {
	input.sector in {"utility", "telecom", "transport", "munitions-trade", "munitions-manufacture"}
	input.state_owned_percent >= 25
}

government if {
	governmental
	not favored
}

in_group(country, wanted) if {
	some group in data.countries[country].groups
	group in wanted
}

only_for(wanted) if {
	count(input.purposes) > 0
	every purpose in input.purposes { purpose in wanted }
}

# (c)(1)
closed if in_group(input.destination, {"E:1", "E:2"})

closed if in_group(input.user_country, {"E:1", "E:2"})

# (c)(2)
closed if {
	government
	in_group(input.government_of, {"D:1", "D:2", "D:3", "D:4", "D:5"})
	not for_investigators
	not for_response_team
}

for_investigators if {
	input.digital_artifact
	input.victim_favored
	only_for({"investigation-or-prosecution"})
	input.sector in {"police", "judiciary"}
	in_group(input.government_of, {"A:6"})
}

for_response_team if {
	only_for({"cyber-incident-response", "vulnerability-disclosure", "investigation-or-prosecution"})
	input.sector == "national-csirt"
	in_group(input.government_of, {"A:6"})
}

# (c)(4)
closed if {
	not government
	in_group(input.user_country, {"D:1", "D:5"})
	not intrusion_for_favored
	not only_for({"vulnerability-disclosure", "cyber-incident-response"})
}

intrusion_for_favored if {
	favored
	input.family == "g1"
}

# (c)(5)
closed if "unauthorized-access" in input.knows

# 738.4
reasons contains reason if {
	some reason in input.reasons
	reason in data.countries[input.destination].marked
}

answer := {"open": open, "reasons": reasons}
