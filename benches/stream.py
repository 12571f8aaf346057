"""Made-up transactions as a vendor of security tools has them, the same on every run.

    distinct(count)   no two have the same facts: other entries, places, users, owners, values, days
    realistic(count)  what a shop or a CRM sends: some two hundred patterns of facts, each met again
                      and again with other names and references
    unknown(count)    distinct, and each leaves out facts that nothing presumes

Everything that the examples of this repository state is stated, so that only `unknown` asks.
"""
import random

ITEMS = [
    ("4D004", None, "object-code", 30),
    ("4A005", None, "commodity", 6),
    ("4E001.c", None, "technology", 6),
    ("4D001.a", "4D004", "source-code", 4),
    ("5A001.j", None, "commodity", 4),
    ("5D001.c", "5A001.j", "object-code", 4),
    ("5A002.a", None, "commodity", 10),
    ("5D002.c.1", None, "object-code", 20),
    ("5A992.c", None, "commodity", 6),
    ("5D992.c", None, "object-code", 10),
    ("5A991", None, "commodity", 4),
    ("EAR99", None, "object-code", 12),
]
PLACES = (
    "DE FR GB NL SE PL IT ES CH JP KR SG AU CA BR MX IN VN TH MY ID PH AE SA IL TR EG ZA KE NG "
    "CN HK TW KZ GE UA RU IR CU PK AR CL CO RO CZ"
).split()
SECTORS = (
    "private-other bank insurer financial-services health telecom utility retail-wholesale "
    "university research-institute reseller police interior national-csirt defense "
    "civil-administration transport cloud-storage science-technology-agency"
).split()
GOVERNMENT = {"police", "interior", "national-csirt", "defense", "civil-administration",
              "science-technology-agency"}
PURPOSES = ["defensive-testing", "internal-business-use", "cyber-incident-response", "research",
            "product-development", "law-enforcement"]
WORDS = "North Delta Orchard Harbor Summit Cedar Atlas Lumen Quartz Meridian Falcon Pine".split()
CATEGORIES = ["other", "network-infrastructure", "component-or-library", "network-penetration"]


def item(dice):
    eccn, parent, form, _ = dice.choices(ITEMS, [it[3] for it in ITEMS])[0]
    made = {
        "name": f"{dice.choice(WORDS)} {dice.randrange(1, 30)}.{dice.randrange(10)}",
        "eccn": eccn,
        "form": form,
        "quantity": dice.randrange(1, 500),
        "value_usd": dice.randrange(50, 250_000),
        "origin": {"us_origin": True},
    }
    if parent:
        made["eccn_for"] = parent
    if eccn[:5] in ("5A002", "5D002"):
        made["encryption"] = {
            "classification": dice.choice(["ccats", "self-classified"]),
            "category": dice.choice(CATEGORIES),
            "nonstandard": False,
        }
    return made


def party(dice, role, place):
    sector = dice.choice(SECTORS)
    made = {
        "role": role,
        "name": f"{dice.choice(WORDS)} {dice.choice(WORDS)} {dice.randrange(10_000)}",
        "address": f"{dice.randrange(1, 400)} {dice.choice(WORDS)} Street",
        "country": place,
        "sector": sector,
        "state_owned_percent": 100 if sector in GOVERNMENT else dice.choice([0, 0, 0, 10, 40, 65]),
        "state_appoints_board_majority": sector in GOVERNMENT,
        "us_subsidiary": dice.random() < 0.1,
        "lists": [],
    }
    if sector in GOVERNMENT:
        made["government_of"] = place
        made["government_level"] = dice.choice(["national", "regional", "local"])
    elif made["state_owned_percent"]:
        made["government_of"] = place
    return made


def transaction(dice):
    place = dice.choice(PLACES)
    parties = [party(dice, "end-user", place)]
    if dice.random() < 0.3:
        parties.append(party(dice, "purchaser", place if dice.random() < 0.7 else dice.choice(PLACES)))
    if dice.random() < 0.15:
        parties.append(party(dice, "intermediate-consignee", dice.choice(PLACES)))
    return {
        "date": f"2026-{dice.randrange(1, 10):02}-{dice.randrange(1, 25):02}",
        "activity": dice.choices(["export", "reexport", "temporary-export"], [85, 10, 5])[0],
        "from": "US",
        "destination": place,
        "items": [item(dice) for _ in range(dice.choices([1, 2, 3], [80, 15, 5])[0])],
        "parties": parties,
        "end_use": {"purposes": [dice.choice(PURPOSES)], "knows": []},
        "temporary": {
            "effective_control": True, "returns_within_one_year": True,
            "access_protected": True, "order_to_acquire": False, "personal_baggage": False,
        },
        "transfer": {"tangible": dice.random() < 0.4},
        "documents_held": [],
        "notices": [],
        "red_flags": [],
    }


def named(dice, made, number):
    """The same facts for another customer."""
    made = {"id": f"order-{number}"} | made
    made["parties"] = [
        it | {"name": f"{dice.choice(WORDS)} {dice.choice(WORDS)} {dice.randrange(10_000)}"}
        for it in made["parties"]
    ]
    return made


def distinct(count, seed=1):
    dice = random.Random(seed)
    return [named(dice, transaction(dice), number) for number in range(count)]


def realistic(count, seed=2):
    dice = random.Random(seed)
    patterns = [transaction(dice) for _ in range(200)]
    weights = [1 / (rank + 1) for rank in range(len(patterns))]
    chosen = dice.choices(patterns, weights, k=count)
    return [named(dice, made, number) for number, made in enumerate(chosen)]


def unknown(count, seed=3):
    dice = random.Random(seed)
    made = distinct(count, seed)
    for it in made:
        user = it["parties"][0]
        for key in dice.sample(["sector", "state_owned_percent", "us_subsidiary", "lists"], 2):
            user.pop(key, None)
    return made
