"""Writes skyfield.json: the sun's altitude and crossings by Skyfield with DE421, over a year.

pip install skyfield==1.55 skyfield-data==7.0.0 numpy; then: python skyfield_goldens.py > skyfield.json
Geometric altitude (no refraction) of the sun's centre, at sea level; skyfield-data holds DE421, the
built-in timescale has the leap seconds and UT1.
"""
import json

import numpy as np
from skyfield import almanac
from skyfield.api import load_file, load, wgs84
from skyfield.searchlib import find_discrete
from skyfield_data import get_skyfield_data_path

PLACES = {
    # Some 90 m from where the table of sites has it, which rounds to 0.001°: 0.3 s of the sun's path.
    "MARS": (36.7128, -122.186),
    "60 N": (60.0, 5.0),
    "equator": (0.0, 0.0),
    "70 S": (-70.0, -10.0),
}
LIMITS = [-0.833, -6.0, -12.0]

timescale = load.timescale(builtin=True)
ephemeris = load_file(f"{get_skyfield_data_path()}/de421.bsp")
earth, sun = ephemeris["earth"], ephemeris["sun"]
start, stop = timescale.utc(2015, 8, 1), timescale.utc(2016, 8, 1)


def altitude_at(place, time):
    return (earth + place).at(time).observe(sun).apparent().altaz()[0].degrees


def crossings(place, limit):
    """Times (epoch seconds), whether the sun rises, and its rate in degrees an hour."""
    above = lambda time: altitude_at(place, time) > limit
    above.step_days = 0.01
    times, values = find_discrete(start, stop, above, epsilon=0.02 / 86400)
    later = timescale.tt_jd(times.tt + 30 / 86400)
    sooner = timescale.tt_jd(times.tt - 30 / 86400)
    rates = (altitude_at(place, later) - altitude_at(place, sooner)) * 60
    seconds = [time.timestamp() for time in times.utc_datetime()]
    return [[round(s, 1), int(v), round(r, 2)] for s, v, r in zip(seconds, values, rates)]


result = {"software": "skyfield 1.55, skyfield-data 7.0.0 (DE421)", "places": []}
for name, (latitude, longitude) in PLACES.items():
    place = wgs84.latlon(latitude, longitude)
    hours = np.arange(0, 366 * 24, 37) + 0.123
    altitudes = altitude_at(place, timescale.utc(2015, 8, 1, hours))
    result["places"].append({
        "name": name,
        "latitude": latitude,
        "longitude": longitude,
        "hours": [round(float(h), 3) for h in hours],
        "altitudes": [round(float(a), 5) for a in altitudes],
        "crossings": {str(limit): crossings(place, limit) for limit in LIMITS},
    })
print(json.dumps(result, separators=(",", ":")))
