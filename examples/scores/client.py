"""A client of the Scores protocol; its demo: python3 client.py [host [port]] room name"""
import contextlib, itertools, json, queue, socket, sys, threading
class ScoresError(Exception):  # a refused request or, with a reason, the end of the connection
    def __init__(self, line):  # a reply to words has the text alone: no code, no faults
        super().__init__(line.get("error") or line["reason"])
        self.code, self.faults = line.get("code") or line.get("status"), line.get("errors", [])
        self.ended, self.retry_after_ms = "reason" in line, line.get("retryAfterMs")
class Scores:
    def __init__(self, host="127.0.0.1", port=5000):
        self.server = socket.create_connection((host, port))
        self.labels, self.replies = itertools.count(1), queue.SimpleQueue()
        threading.Thread(target=self.listen, daemon=True).start()
    def listen(self):  # keeps replies apart from pushes, which may come at any time
        with contextlib.suppress(OSError):
            for line in map(json.loads, self.server.makefile(encoding="utf-8")):
                match line:
                    case {"context": "response"} | {"status": "goodbye"}: self.replies.put(line)
                    case {"status": "keep-alive"}: pass
                    case push: print("heard:", push.get("welcome") or push.get("message") or push)
        self.replies.put({"status": "closed", "reason": "end of stream"})
    def ask(self, words, **params):  # words take the saved params; params go as JSON, labelled
        request = {"action": words, "params": params, "messageId": (label := next(self.labels))}
        with contextlib.suppress(OSError):  # it has been closed: replies say so
            self.server.sendall((json.dumps(request) if params else words).encode() + b"\n")
        while (reply := self.replies.get()).get("messageId", label) != label: pass  # a stale one
        if "reason" in reply: self.replies.put(reply)  # the end, for whoever asks next, too
        if "error" in reply or "reason" in reply: raise ScoresError(reply)
        return reply

if __name__ == "__main__":
    *address, room, name = sys.argv[1:]
    scores, refused, banned = Scores(*address), {"player": name, "points": 0}, {"player": "cheat"}
    for words, params in [("roomChange", {"room": room}), ("say", {"message": f"{name}: hello"}),
            (f"paramAdd player={name}", {}), ("paramAdd points=5", {}), ("scoreAdd", {}),
            ("scoreAdd", refused), ("playerBan", banned), ("scoreAdd", banned), ("quit", {})]:
        try: print(words, params or "", "->", scores.ask(words, **params))
        except ScoresError as error:
            print(words, params or "", "-> refused:", error.code, error, error.faults)
            if error.ended: break
