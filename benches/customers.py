#!/usr/bin/env python3
"""A customer master as companies have them, invented: `customers.py ROWS [--listed CSL.csv] > OUT.csv`.

Words come as often as in real masters: a few given names, family names, trades and towns stand in
very many rows, and most family names and brands in one or two (the rank is drawn so that its
frequency is about one over it). Of a hundred rows 45 are persons; 12 say the same of the same
customer as an earlier row (another account, another site), 5 write an earlier name otherwise
(capitals, legal form, a slip). 60 have an address, half of the persons a date of birth, 8 no type.
With `--listed`, one row in two thousand is a listed name, half of those with a slip.
"""
import argparse
import csv
import math
import random
import sys

GIVEN = """James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard
Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Nancy Daniel Lisa Matthew Betty Anthony
Margaret Mark Sandra Maria Jose Luis Carlos Juan Ana Carmen Antonio Francisco Manuel Hans Peter
Andreas Stefan Monika Petra Sabine Ursula Pierre Jean Claude Marie Sophie Camille Luca Giulia Marco
Francesca Ivan Olga Sergey Elena Dmitry Natalia Andrei Irina Wei Fang Li Jing Yan Min Hiroshi Yuki
Kenji Sakura Ahmed Mohammed Fatima Ali Omar Hassan Aisha Yusuf Raj Priya Amit Sunita Arjun Kavita Kim
Minh Linh Nguyen Somchai Ayse Mehmet Piotr Anna Katarzyna Jan Lars Ingrid Erik Sven Johan""".split()
FAMILY = """Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez
Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez
Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green
Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Mueller Schmidt Schneider Fischer
Weber Meyer Wagner Becker Schulz Hoffmann Dubois Bernard Moreau Laurent Rossi Russo Ferrari Esposito
Ivanov Petrov Sidorov Kuznetsov Popova Wang Li Zhang Liu Chen Yang Huang Zhao Tanaka Sato Suzuki
Takahashi Kim Park Choi Khan Hussain Ahmed Ali Singh Kumar Sharma Patel Gupta Tran Pham Yilmaz Kaya
Nowak Kowalski Hansen Johansen Andersson Svensson Silva Santos Oliveira""".split()
TRADES = """Technologies Trading Systems Solutions Industries Engineering Consulting Logistics Services
Electronics Software Medical Energy Construction Foods Automotive Chemicals Instruments Optics
Aerospace Shipping Pharma Machinery Textiles Design Media Research Semiconductors Plastics Security
Networks Robotics Marine Steel Packaging Imports Holdings Ventures Partners Group International
""".split()
FORMS = ["Inc.", "LLC", "Ltd", "GmbH", "AG", "S.A.", "SARL", "S.r.l.", "B.V.", "Co., Ltd.", "Pty Ltd",
         "AB", "Oy", "KG", "PLC", "Corp.", "Limited", "Sp. z o.o.", "A/S", "K.K."]
TOWNS = """London Paris Berlin Munich Hamburg Madrid Milan Rome Vienna Zurich Amsterdam Brussels Chicago
Boston Houston Denver Seattle Austin Toronto Sydney Melbourne Singapore Tokyo Osaka Seoul Taipei
Shanghai Shenzhen Dubai Mumbai Bangalore Warsaw Prague Stockholm Oslo Helsinki Lisbon Athens""".split()
STREETS = "High Main Park Oak Church Station Mill Bridge Market Garden Lake River North South".split()
COUNTRIES = "US DE GB FR IT ES NL CH AT SE PL CA AU JP KR TW SG IN CN AE BR MX TR ZA NO FI DK BE CZ".split()
ONSETS = "b br ch d dr f fl g gr h j k kl l m n p pr qu r s sch st t tr v w z sh th".split()
VOWELS = "a e i o u ai ei ou au ie".split()
ENDS = ["", "n", "r", "s", "l", "t", "ck", "nd", "rt", "ng", "m", "x"]

rng = random.Random(20261126)


def ranked(size):
    """A rank below `size`, as often as one over it."""
    return min(size - 1, int(math.exp(rng.random() * math.log(size + 1))) - 1)


def invented(number):
    """The word of this number; always the same."""
    own = random.Random(number * 7919 + 13)
    parts = own.choice([2, 2, 2, 3, 3])
    word = "".join(own.choice(ONSETS) + own.choice(VOWELS) for _ in range(parts)) + own.choice(ENDS)
    return word.capitalize()


def word(common, more):
    """One of the common words, or of so many more."""
    rank = ranked(len(common) + more)
    return common[rank] if rank < len(common) else invented(rank)


def person():
    names = [word(GIVEN, 4000)]
    if rng.random() < 0.2:
        names.append(rng.choice([word(GIVEN, 4000), rng.choice("ABCDEFGHJKLMRST") + "."]))
    family = word(FAMILY, 150000)
    return f"{family}, {' '.join(names)}" if rng.random() < 0.15 else f"{' '.join(names)} {family}"


def company():
    parts = [word(FAMILY, 300000) if rng.random() < 0.6 else invented(rng.randrange(10**9))]
    if rng.random() < 0.15:
        parts.append("&")
        parts.append(word(FAMILY, 150000))
    if rng.random() < 0.75:
        parts.append(TRADES[ranked(len(TRADES))])
    if rng.random() < 0.2:
        parts.append(TRADES[ranked(len(TRADES))])
    if rng.random() < 0.12:
        parts.append(TOWNS[ranked(len(TOWNS))])
    if rng.random() < 0.85:
        parts.append(FORMS[ranked(len(FORMS))])
    return " ".join(parts)


def slip(text):
    at = rng.randrange(len(text))
    change = rng.randrange(3)
    if change == 0:
        return text[:at] + text[at + 1:] or text
    if change == 1:
        return text[:at] + rng.choice("aeinrst") + text[at:]
    return text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]


def otherwise(name):
    change = rng.randrange(4)
    if change == 0:
        return name.upper()
    if change == 1:
        return slip(name)
    last = name.rsplit(" ", 1)
    return name if len(last) < 2 else f"{last[0]} {FORMS[ranked(len(FORMS))]}"


def row(listed):
    is_person = rng.random() < 0.45
    name = person() if is_person else company()
    kind = "person" if is_person else "organization"
    if listed and rng.random() < 0.0005:
        name, kind = rng.choice(listed), ""
        name = slip(name) if rng.random() < 0.5 else name
    country = COUNTRIES[ranked(len(COUNTRIES))]
    address = ""
    if rng.random() < 0.6:
        town = TOWNS[ranked(len(TOWNS))]
        address = f"{rng.randrange(1, 200)} {STREETS[ranked(len(STREETS))]} Street, {town}"
    born = f"{rng.randrange(1940, 2006)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    return [
        name,
        "" if rng.random() < 0.08 else kind,
        country,
        address,
        born if is_person and rng.random() < 0.5 else "",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--listed", help="a list of the CSL, as CSV, whose names some customers have")
    arguments = parser.parse_args()
    listed = []
    if arguments.listed:
        with open(arguments.listed, encoding="utf8") as file:
            listed = [it["name"] for it in csv.DictReader(file) if it.get("name")]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["customer", "name", "type", "country", "address", "born"])
    before = []
    for number in range(1, arguments.rows + 1):
        chance = rng.random()
        if before and chance < 0.17:
            customer = list(rng.choice(before))
            if chance < 0.05:
                customer[0] = otherwise(customer[0])
        else:
            customer = row(listed)
        if len(before) < 200000:
            before.append(customer)
        else:
            before[rng.randrange(len(before))] = customer
        out.writerow([f"C{number:07}", *customer])


if __name__ == "__main__":
    main()
