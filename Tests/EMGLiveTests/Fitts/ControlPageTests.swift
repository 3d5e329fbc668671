import Decoding
import Documents
import EMGLive
import Foundation
import TestSupport
import Testing

/// The page's scripts in Chromium, with states that the task makes.
@Suite struct ControlPageTests {
    private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Shows one state after the other, keeps what there is to see, then chooses two dimensions and
    /// starts.
    private static let script = #"""
        import { hand } from "./hand.js";
        import { render } from "./control.js";
        const faults = [], posts = [], seen = [];
        addEventListener("error", (event) => faults.push(event.message));
        addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective));
        const root = document.querySelector("main");
        const act = async (name, body) => { posts.push([name, body]); };
        const text = (selector) => root.querySelector(selector)?.textContent ?? "";
        for (const state of states) {
          render(root, state, act);
          seen.push({
            empty: !root.querySelector(".control-empty").hidden,
            decision: text(".decision-name"), hand: root.querySelector(".decision-hand svg")?.getAttribute("aria-label") ?? "",
            arena: root.querySelector(".arena").getAttribute("aria-label") ?? "",
            word: text(".arena-word"), said: text(".control-said"),
            edges: [...root.querySelectorAll(".arena-edges g")].map((group) => `${group.dataset.way} ${group.textContent}`),
            active: root.querySelector(".arena-edges .arena-active")?.dataset.way ?? "",
            cursor: root.querySelector(".arena-cursor").style.transform,
            progress: [...root.querySelectorAll(".task-progress dd")].map((node) => node.textContent),
            tiles: [...root.querySelectorAll(".measure-value")].map((node) => node.textContent),
            rows: [...root.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent)),
          });
        }
        render(root, states[1], act);
        root.querySelectorAll(".control-segmented button")[1].click();
        root.querySelector("form").requestSubmit();
        const hands = names.map((name) => {
          const picture = hand(name);
          return [picture.querySelector("mask") !== null, picture.textContent, picture.getAttribute("aria-label")];
        });
        const facts = JSON.stringify({ faults, posts, seen, hands });
        document.querySelector("pre").textContent = btoa(String.fromCharCode(...new TextEncoder().encode(facts)));
        """#

    private static let page = """
        <!doctype html><html lang="en"><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src file:; \
        style-src file:">
        <link rel="stylesheet" href="control.css"><main></main><pre></pre>
        <script type="module" src="test.js"></script></html>
        """

    /// What the page shows for states and names of classes.
    private static func facts(
        _ states: [DocumentValue], names: [String]
    ) throws -> DocumentObject {
        let folder = try TemporaryFolder()
        let sources = SharedMaterial.packageFolder.appending(path: "Sources/EMGLive/Page")
        for name in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
            try FileManager.default.copyItem(
                at: sources.appending(path: name), to: folder.url.appending(path: name))
        }
        let given = """
            const states = \(DocumentValue.array(states).json());
            const names = \(DocumentValue.strings(names).json());

            """
        try Data((given + script).utf8).write(to: folder.url.appending(path: "test.js"))
        try Data(page.utf8).write(to: folder.url.appending(path: "test.html"))
        let answer = try Shell.run([
            try #require(browser), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--allow-file-access-from-files",
            "--user-data-dir=\(folder.url.appending(path: "profile").path)",
            "--virtual-time-budget=2000", "--dump-dom",
            folder.url.appending(path: "test.html").absoluteString,
        ])
        let dump = answer.output
        let start = try #require(dump.range(of: "<pre>"), "\(dump)").upperBound
        let end = try #require(dump.range(of: "</pre>")).lowerBound
        let data = try #require(Data(base64Encoded: String(dump[start..<end])), "\(dump)")
        return try Document(json: data, name: "page").cursor.object()
    }

    @Test(.enabled(if: browser != nil, "needs Chromium"), .timeLimit(.minutes(2)))
    func `the page shows the decision, the target and every trial, and starts what it proposes`()
        throws
    {
        var control = TargetControl(classes: ClosedLoop.classes)
        var states: [DocumentValue] = [.null, control.document]
        var settings = FittsTaskTests.settings
        settings.trials = 2
        try control.start(settings)
        func run(_ letters: String) {
            for letter in letters {
                control.step(decision: FittsTaskTests.output(letter), seconds: 0.1)
            }
        }
        run("...")
        states.append(control.document)
        run(".......hR")
        states.append(control.document)
        run("RR...")
        states.append(control.document)
        run(".....F....")
        run(String(repeating: ".", count: 30))
        states.append(control.document)

        let facts = try Self.facts(states, names: ["Wrist flexion", "M 7"])
        let faults = try facts.required("faults").array().map(\.value.summary)
        #expect(faults == [])
        let seen = try facts.required("seen").array().map { try $0.object() }
        func text(_ place: Int, _ key: String) throws -> String {
            try seen[place].required(key).string()
        }
        func texts(_ place: Int, _ key: String) throws -> [String] {
            try seen[place].required(key).array().map { cursor in try cursor.string() }
        }
        #expect(
            try seen.map { try $0.required("empty").boolean() }
                == [true, false, false, false, false, false])
        // Without a task: the classes that would move the dot.
        #expect(try texts(1, "edges") == ["left close", "right open"])
        #expect(try texts(1, "progress") == ["–", "–", "–", "–"])
        // In the rest before the first target: 0.7 s of 1 s are left.
        #expect(try text(2, "word") == "Rest  1" && text(2, "said") == "Rest.")
        #expect(try text(2, "decision") == "relax" && text(2, "hand") == "relax")
        // The dot is at 0.1, the target at 0.2 on the right.
        #expect(try text(3, "arena") == "Target right" && text(3, "active") == "right")
        #expect(try text(3, "cursor") == "translate(100px, 0px)")
        #expect(try text(3, "said") == "Trial 1 of 2: target right.")
        #expect(try text(3, "decision") == "open")
        // In the target for 0.4 s of 0.5 s: seven decisions, there since the third.
        #expect(try texts(4, "progress") == ["1 of 2", "0.7 s", "80 %", "–"])
        // One target was reached in 0.3 s, the other was not.
        #expect(try text(5, "word") == "Finished")
        #expect(try text(5, "said") == "Trial 2: not reached in time. Finished.")
        let tiles = try texts(5, "tiles")
        // log2(3) / 0.3 = 5.28 bits a second.
        #expect(Array(tiles.prefix(4)) == ["5.28", "–", "50", "100"])
        let rows = try seen[5].required("rows").array().map {
            try $0.array().map { cursor in try cursor.string() }
        }
        #expect(rows.map { $0[0] } == ["2", "1"])
        #expect(rows.map { $0[3] } == ["✗ not in time", "✓ reached"])
        #expect(rows[1][4] == "0.30 s" && rows[0][4] == "–")

        // What is posted reads as the settings that were proposed for two dimensions.
        let post = try #require(try facts.required("posts").array().first).array()
        #expect(try post[0].string() == "control-start")
        #expect(
            try FittsSettings(post[1])
                == FittsSettings.proposals(classes: ClosedLoop.classes, neutral: "relax")[1])
        let hands = try facts.required("hands").array().map { try $0.array() }
        #expect(try hands.map { try $0[0].boolean() } == [true, false])
        #expect(try hands[1][1].string() == "M7" && hands[1][2].string() == "M 7")
    }
}
