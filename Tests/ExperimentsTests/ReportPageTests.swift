import Experiments
import Figures
import Foundation
import MetaLearning
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Report")
struct ReportPageTests {
    /// Opens a page in headless Chromium by the DevTools protocol, with the standard library
    /// alone, at a desk's and a phone's width, light and dark; prints what went wrong.
    private static let browser = """
        import base64, json, os, shutil, socket, struct, subprocess, sys, tempfile, time, urllib.request

        class Socket:
            def __init__(self, url):
                host, path = url[5:].split("/", 1)
                name, port = host.split(":")
                self.socket = socket.create_connection((name, int(port)), timeout=60)
                key = base64.b64encode(os.urandom(16)).decode()
                self.socket.sendall(("GET /%s HTTP/1.1\\r\\nHost: %s\\r\\nUpgrade: websocket\\r\\n"
                    "Connection: Upgrade\\r\\nSec-WebSocket-Key: %s\\r\\nSec-WebSocket-Version: 13\\r\\n"
                    "\\r\\n" % (path, host, key)).encode())
                self.file = self.socket.makefile("rb")
                while self.file.readline().strip():
                    pass
            def send(self, text):
                data, mask = text.encode(), os.urandom(4)
                n = len(data)
                head = (struct.pack("!BB", 0x81, 0x80 | n) if n < 126
                        else struct.pack("!BBH", 0x81, 0xfe, n))
                self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))
            def receive(self):
                data = b""
                while True:
                    first, n = self.file.read(2)
                    n &= 127
                    if n == 126: n = struct.unpack("!H", self.file.read(2))[0]
                    elif n == 127: n = struct.unpack("!Q", self.file.read(8))[0]
                    data += self.file.read(n)
                    if first & 0x80: return data.decode()

        page, profile = "file://" + sys.argv[1], tempfile.mkdtemp()
        chromium = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--remote-debugging-port=0",
             "--user-data-dir=" + profile, "about:blank"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            for line in chromium.stderr:
                if "DevTools listening" in line:
                    address = line.split("ws://")[1].split("/")[0]
                    break
            targets = json.load(urllib.request.urlopen("http://%s/json" % address))
            browser = Socket(next(t for t in targets if t["type"] == "page")["webSocketDebuggerUrl"])
            events, count = [], 0
            def call(method, **parameters):
                global count
                count += 1
                browser.send(json.dumps({"id": count, "method": method, "params": parameters}))
                while True:
                    message = json.loads(browser.receive())
                    if message.get("id") == count: return message["result"]
                    events.append(message)
            for domain in ["Page", "Runtime", "Log", "Network"]:
                call(domain + ".enable")
            for width, phone in [(1280, False), (390, True)]:
                for scheme in ["light", "dark"]:
                    call("Emulation.setDeviceMetricsOverride", width=width, height=844,
                         deviceScaleFactor=1, mobile=phone)
                    call("Emulation.setEmulatedMedia",
                         features=[{"name": "prefers-color-scheme", "value": scheme}])
                    call("Page.navigate", url=page)
                    deadline = time.time() + 60
                    while time.time() < deadline:
                        state = call("Runtime.evaluate", expression="document.readyState")
                        if state["result"]["value"] == "complete": break
                    size = json.loads(call("Runtime.evaluate", expression=\"\"\"JSON.stringify({
                        page: document.documentElement.scrollWidth, view: innerWidth,
                        figures: [...document.querySelectorAll('figure svg')]
                            .filter(e => e.getBoundingClientRect().width > 0).length,
                        headings: document.querySelectorAll('h2').length})\"\"\")["result"]["value"])
                    print("page", width, scheme, size["figures"], size["headings"])
                    if size["page"] > size["view"]: print("problem: wider than the view", size)
            pdf = base64.b64decode(call("Page.printToPDF", preferCSSPageSize=True)["data"])
            if not pdf.startswith(b"%PDF"): print("problem: no PDF")
            for event in events:
                if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown",
                                       "Runtime.consoleAPICalled"):
                    print("problem:", json.dumps(event)[:500])
                if event["method"] == "Network.requestWillBeSent":
                    url = event["params"]["request"]["url"]
                    if not url.startswith((page, "data:")): print("problem: request of", url)
        finally:
            chromium.kill()
            chromium.wait()
            shutil.rmtree(profile, ignore_errors=True)
        """

    private static var hasChromium: Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/chromium")
        } && Python.has(module: "socket")
    }

    /// The report of two seeds and another configuration, and of one run.
    private func pages(in folder: URL) throws -> [URL] {
        try RunFolders.make(in: folder)
        for (runs, name) in [
            (["one"], "one.html"), (["one", "two"], "seeds.html"),
            (["one", "two", "other"], "all.html"),
        ] {
            let run = try CommandRun(["report"] + runs + ["--output", name], in: folder)
            try #require(run.status == 0, "\(run.problems)")
        }
        return ["one.html", "seeds.html", "all.html"].map { folder.appending(path: $0) }
    }

    @Test(
        "a report opens in Chromium without errors or requests and fits desk and phone",
        .enabled(if: hasChromium, "needs chromium and Python"))
    func chromium() throws {
        let folder = try TemporaryFolder()
        for page in try pages(in: folder.url) {
            let result = try Python.run(
                Self.browser, arguments: [page.path(percentEncoded: false)])
            #expect(result.status == 0, "\(result.output)")
            let lines = result.output.split(separator: "\n")
            let problems = lines.filter { $0.hasPrefix("problem") }
            #expect(problems.isEmpty, "\(page.lastPathComponent): \(problems)")
            let sizes = lines.filter { $0.hasPrefix("page") }
            #expect(sizes.count == 4)
            for size in sizes {
                // Each figure is seen once, whatever the width.
                let figures = Int(size.split(separator: " ")[3]) ?? 0
                #expect(figures >= 8, "\(size)")
            }
        }
    }

    @Test("a report is well-formed, says where nothing is loaded from, and is the same twice")
    func contents() throws {
        let folder = try TemporaryFolder()
        let pages = try pages(in: folder.url)
        let one = try String(contentsOf: pages[0], encoding: .utf8)
        for part in [
            "meta-trained", "pre-trained", "LDA", "Learning curves", "Adaptation", "Confusions",
            "Changes of intent", "Task queue", "inner.learning_rate", "collection_sha256",
            "Numbers behind this figure", "default-src 'none'",
        ] {
            #expect(one.contains(part), "\(part)")
        }
        for foreign in ["<script", "src=\"http", "href=\"http", "url(http", "@import"] {
            #expect(!one.contains(foreign), "\(foreign)")
        }
        // The signal is drawn: it is the collection that was tested on.
        #expect(one.contains("channels that vary most"))
        let again = try Report.read([folder.url.appending(path: "one")])
        #expect(again.html == one)
        let parser = XMLParser(
            data: Data(one.replacing("<!DOCTYPE html>", with: "").closingVoidElements.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError)) \(parser.lineNumber)")

        let all = try String(contentsOf: pages[2], encoding: .utf8)
        #expect(all.contains("What differs") && all.contains("reptile"))

        // A collection that is damaged, or gone, is said to be.
        let tensors = folder.url.appending(path: "study.json")
        let manifest = try Data(contentsOf: tensors)
        try manifest.dropLast(100).write(to: tensors)
        let damaged = try Report.read([folder.url.appending(path: "one")]).html
        #expect(damaged.contains("The collection of the run cannot be read: "))
        #expect(damaged.contains("Classes only") && !damaged.contains("any more"))
        try manifest.write(to: tensors)
        try FileManager.default.moveItem(at: tensors, to: folder.url.appending(path: "old.json"))
        let gone = try Report.read([folder.url.appending(path: "one")]).html
        #expect(gone.contains("any more"))
        #expect(gone.contains("Classes only"))
    }

    @Test("figures are written in each format, under names of their own")
    func figures() throws {
        let folder = try TemporaryFolder()
        try RunFolders.make(in: folder.url, runs: ["one"])
        let run = try CommandRun(
            ["report", "one", "--figures", "f", "--format", "svg,png,pdf"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appending(path: "f").path())
        for stem in [
            "adaptation", "confusion", "learning-curves", "queue", "support-size", "tasks",
        ] {
            for format in ["svg", "png", "pdf"] { #expect(names.contains("\(stem).\(format)")) }
        }
        #expect(try CommandRun(["report", "one", "--format", "gif"], in: folder.url).status == 2)
        #expect(try CommandRun(["report", "study.json"], in: folder.url).status == 1)
        #expect(try CommandRun(["report", "one", "--output", "r.pdf"], in: folder.url).status == 2)
    }

    @Test("names from files cannot become parts of the page")
    func escaping() throws {
        let folder = try TemporaryFolder()
        let run = folder.url.appending(path: "<b>run&\"")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data("{\"note\": \"</style><script>alert(1)</script>\", \"seed\": 1}".utf8)
            .write(to: run.appending(path: "configuration.json"))
        try Data("task,<i>x,meta\n\"<img src=x>\",0.5,0.75\nmean,0.5,0.75\n".utf8)
            .write(to: run.appending(path: "results.csv"))
        let page = try Report.read([run]).html
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("<i>x"))
        #expect(page.contains("&lt;img src=x&gt;"))
    }
}

extension String {
    /// HTML's elements without an end, ended, so that an XML parser can check the rest.
    fileprivate var closingVoidElements: String {
        replacing(/<(meta|link)([^>]*)>/) { "<\($0.1)\($0.2)/>" }
    }
}
