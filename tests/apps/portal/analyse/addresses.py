"""One address for each kind of page of the analyser."""

ONE = "/analyse/tables?q=nr4.Q014&cycle=nr2&cycle=nr3&cycle=nr5&group=AFR&group=East:KEN,UGA"
ADDRESSES = (
    "/analyse",
    "/analyse?form=survey2014&q=nr4.Q014",
    ONE,
    "/analyse/tables",
    "/analyse/tables?q=nr4.Q055&q=nr3.Q070&cycle=nr2&universe=panel&links=proposed",
    "/analyse/tables?q=nr4.Q014&where=nr4.Q016:true&timing=in_time&cutoff=2019-12-31&group=SIDS",
    "/analyse/tables?q=nr4.Q013&group=LDC",
    "/analyse/tables?q=survey2014.S003&cycle=nr4",
    "/analyse/tables?q=nr4.Q014&freeze=final",
    "/analyse/overview?form=nr4",
    "/analyse/overview?form=nr2&group=SIDS&universe=reported",
    "/analyse/parties?q=nr4.Q015",
    "/analyse/parties?q=nr4.Q014&cycle=nr3&at=nr3.Q014&for=nr4.Q014",
    "/analyse/parties?q=nr4.Q013&words=details",
)
