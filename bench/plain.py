"""Writes the requests of a plain parallel loader as a configuration of curl, signed beforehand so that nothing but the server is measured.

plain.py KIND ARGUMENTS >FILE, then: curl --parallel --parallel-max 64 --no-progress-meter --config FILE
    s3-put BUCKET TREE           the files of a directory, as objects of the same names
    s3-get BUCKET TREE [OUT]     the objects of these names, to nowhere or into a directory
    s3-copy FROM TO TREE         the same, copied by the server
    s3-list BUCKET TREE          the pages of a listing, one after the other: without --parallel
    gs-put | gs-get | swift-put | swift-get BUCKET TREE
The services are those that S3_ENDPOINT and its keys, GCS_ENDPOINT and GCS_TOKEN, SWIFT_URL, PROJECT_ID and SWIFT_TOKEN name.
"""
import datetime, hashlib, hmac, os, sys
from urllib.parse import quote

now = datetime.datetime.now(datetime.timezone.utc)
stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
scope = f"{day}/us-east-1/s3/aws4_request"


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class S3:
    def __init__(self):
        self.endpoint = os.environ["S3_ENDPOINT"]
        self.host = self.endpoint.split("://")[1]
        self.id = os.environ["S3_ACCESS_KEY_ID"]
        self.key = ("AWS4" + os.environ["S3_SECRET_ACCESS_KEY"]).encode()
        for part in (day, "us-east-1", "s3", "aws4_request"):
            self.key = sign(self.key, part)

    def url(self, method, bucket, name, query=(), headers=()):
        path = f"/{bucket}/{quote(name)}" if name else f"/{bucket}"
        headers = sorted([("host", self.host), *headers])
        names = ";".join(header for header, _ in headers)
        pairs = sorted([
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", f"{self.id}/{scope}"), ("X-Amz-Date", stamp),
            ("X-Amz-Expires", "86400"), ("X-Amz-SignedHeaders", names), *query])
        text = "&".join(f"{quote(a, safe='')}={quote(b, safe='')}" for a, b in pairs)
        lines = "".join(f"{header}:{value}\n" for header, value in headers)
        request = f"{method}\n{path}\n{text}\n{lines}\n{names}\nUNSIGNED-PAYLOAD"
        signature = sign(self.key, f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}").hex()
        return f"{self.endpoint}{path}?{text}&X-Amz-Signature={signature}"


def names(tree):
    found = []
    for folder, _, files in os.walk(tree):
        found += [os.path.relpath(os.path.join(folder, file), tree) for file in files]
    return sorted(found)


def request(url, *lines, output="/dev/null"):
    """One request; "next" stands between two of them only, or curl looks for one more."""
    global separator
    print(*separator, f'url = "{url}"', f'output = "{output}"', *lines, "fail", sep="\n")
    separator = ["next"]


def main(kind, *arguments):
    global separator
    separator = []
    service, action = kind.split("-")
    if kind == "s3-copy":
        store, (source, target, tree) = S3(), arguments
        for name in names(tree):
            header = ("x-amz-copy-source", f"/{source}/{quote(name)}")
            request(store.url("PUT", target, name, headers=[header]), "request = PUT", f'header = "{header[0]}: {header[1]}"')
        return
    bucket, tree, *rest = arguments
    if kind == "s3-list":
        store, starts = S3(), ["", *names(tree)[999::1000]]
        for start in starts:
            request(store.url("GET", bucket, "", [("list-type", "2"), *([("start-after", start)] if start else [])]))
        return
    if service == "s3":
        store = S3()
        address, lines = lambda method, name: store.url(method, bucket, name), []
    elif service == "gs":
        base = os.environ["GCS_ENDPOINT"]
        address = lambda method, name: (
            f"{base}/upload/storage/v1/b/{bucket}/o?uploadType=media&name={quote(name, safe='')}" if method == "PUT"
            else f"{base}/storage/v1/b/{bucket}/o/{quote(name, safe='')}?alt=media")
        lines = [f'header = "Authorization: Bearer {os.environ["GCS_TOKEN"]}"', *(["request = POST"] if action == "put" else [])]
    else:
        base = f'{os.environ["SWIFT_URL"]}/v1/AUTH_{os.environ["PROJECT_ID"]}/{bucket}'
        address = lambda method, name: f"{base}/{quote(name)}"
        lines = [f'header = "X-Auth-Token: {os.environ["SWIFT_TOKEN"]}"']
    for name in names(tree):
        if action == "put":
            request(address("PUT", name), *lines, f'upload-file = "{tree}/{name}"', 'header = "Expect:"')
        else:
            request(address("GET", name), *lines, *(["create-dirs"] if rest else []), output=f"{rest[0]}/{name}" if rest else "/dev/null")


if __name__ == "__main__":
    main(*sys.argv[1:])
