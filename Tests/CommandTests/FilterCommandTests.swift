import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("myotask filter")
struct FilterCommandTests {
    private static let chain = """
        stages:
          - band_pass: {low_hz: 20, high_hz: 450, order: 4}
          - notch: {mains_hz: 50, q: 30, harmonics: 2}
          - envelope: {cutoff_hz: 6, order: 2}

        """

    // MARK: What is asked for

    @Test("presets are listed without an archive")
    func presets() throws {
        let run = try CommandRun(["filter", "--list-presets"])
        #expect(run.status == 0)
        for name in ["pyemgpipeline", "biosppy", "neurokit2", "emgflow", "libemg"] {
            #expect(run.output.contains(name))
        }
    }

    @Test(
        "what contradicts itself is not understood, with the reason",
        arguments: [
            (["a", "--pipeline", "p", "--preset", "libemg", "--dry-run"], "exclude each other"),
            (["a", "--dry-run"], "--pipeline or --preset"),
            (["a", "--preset", "pyemgpipline", "--dry-run"], "did you mean \"pyemgpipeline\"?"),
            (["a", "--preset", "libemg"], "--output, --dry-run or --plot"),
            (["a", "--preset", "libemg", "--plot", "x.jpeg"], ".svg, .png or .pdf"),
            (["a", "--preset", "libemg", "--dry-run", "--plot-recording", "x"], "needs --plot"),
            (["--preset", "libemg", "--dry-run"], "<archive>"),
        ])
    func usage(arguments: [String], reason: String) throws {
        let run = try CommandRun(["filter"] + arguments)
        #expect(run.status == 2, "\(run.problems)")
        #expect(run.problems.contains(reason), "\(run.problems)")
    }

    @Test(
        "faults of a pipeline are named by line and column, with a proposal",
        arguments: [
            ("stages:\n  - band_pas: {low_hz: 20}\n", "p.yaml:2:5", "did you mean \"band_pass\"?"),
            (
                "stages:\n  - notch:\n      mains_hz: 50\n      harmonic: 3\n", "p.yaml:4:7",
                "did you mean \"harmonics\"?"
            ),
            ("phase: zeros\nstages: [rectify]\n", "p.yaml:1:8", "did you mean \"zero\"?"),
            ("stages:\n  - low_pass: {cutoff_hz: -3}\n", "p.yaml:2:27", "above 0 Hz"),
            ("stages:\n  - low_pass: {order: 2}\n", "p.yaml:2:", "cutoff_hz"),
            ("stages: []\n", "p.yaml:1:9", "at least one stage"),
            ("stages:\n  - rectify\n - x\n", "p.yaml:3:2", "expected YAML"),
            ("preset: libemg\nphase: causal\n", "p.yaml:2:8", "nothing beside preset"),
        ])
    func badPipelines(text: String, place: String, remedy: String) throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task", seconds: 1)
        for action in [["--dry-run"], ["--output", "out"], ["--plot", "x.svg"]] {
            let run = try FilterArchive.filter(action, pipeline: text, in: folder.url)
            #expect(run.status == 1)
            #expect(run.problems.contains(place), "\(run.problems)")
            #expect(run.problems.contains(remedy), "\(run.problems)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
        #expect(names.sorted() == ["archive", "p.yaml"])
    }

    // MARK: Dry run

    @Test("a dry run prints the designed chain and its cost, and writes nothing")
    func dryRun() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task")
        try archive.add("p2/s1/task")
        try archive.add("p3/s1/task", rate: 2_000)
        let before = try contents(of: folder.url)
        let run = try FilterArchive.filter(["--dry-run"], pipeline: Self.chain, in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let text = run.output
        #expect(text.contains("For p1/s1/task, p2/s1/task:"))
        #expect(text.contains("For p3/s1/task:"))
        for stage in ["1. band_pass", "2. notch", "3. envelope"] { #expect(text.contains(stage)) }
        #expect(text.contains("order 4, 2 passes (effective order 8)"))
        // Two passes of a low-pass of order 2 are at -3 dB where one is at -1.5 dB, bilinear.
        for rate in [1_000.0, 2_000] {
            let ratio = pow(2.0.squareRoot() - 1, 1.0 / 4)
            let cutoff = atan(tan(.pi * 6 / rate) * ratio) / .pi * rate
            #expect(text.contains("-3 dB at \(String(format: "%.6g", cutoff)) Hz"))
        }
        // 6 Hz, the stated cut-off of one pass, is at -6 dB after two; a notch's center is not heard.
        let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(rows.contains { $0.first == "50" && $0.dropFirst().first == "<" })
        #expect(rows.contains { $0.first == "20" && $0.dropFirst().first == "-6.02" })
        #expect(!text.contains("-0.00"))
        for word in ["settles in", "edge transients", "spectral engine", "operations"] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(text.contains("band_pass + notch: spectral engine"), "neighbors are one pass")
        #expect(text.contains("cost: about"))
        var after = try contents(of: folder.url)
        after["p.yaml"] = nil
        #expect(after == before)
    }

    @Test(
        "the engine that is chosen is said",
        arguments: [
            ("phase: causal\nstages: [{low_pass: {cutoff_hz: 6, order: 4}}]\n", "recursion of 2"),
            (
                "engine: recursive\nstages: [{low_pass: {cutoff_hz: 6, order: 4}}]\n",
                "2 sections forward and backward"
            ),
            ("stages: [moving_rms]\n", "running sums"),
            ("stages: [{resample: {up: 1, down: 2}}]\n", "polyphase"),
        ])
    func engines(pipeline: String, words: String) throws {
        let folder = try TemporaryFolder()
        try FilterArchive(in: folder.url).add("p1/s1/task", seconds: 2)
        let run = try FilterArchive.filter(["--dry-run"], pipeline: pipeline, in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.output.contains(words), "\(run.output)")
    }

    @Test("recordings that were there already are replaced, and a line says how many")
    func replaced() throws {
        let folder = try TemporaryFolder()
        for id in ["p1/s1/task", "p2/s1/task"] {
            try FilterArchive(in: folder.url).add(id, seconds: 2)
        }
        let pipeline = "stages: [{high_pass: {cutoff_hz: 20, order: 2}}]\n"
        let first = try FilterArchive.filter(["-o", "out"], pipeline: pipeline, in: folder.url)
        #expect(first.status == 0 && !first.problems.contains("replaced"), "\(first.problems)")
        try FilterArchive(in: folder.url).add("p3/s1/task", seconds: 2)
        let again = try FilterArchive.filter(["-o", "out"], pipeline: pipeline, in: folder.url)
        #expect(again.status == 0)
        #expect(
            again.problems.contains(
                "out: 2 recordings were there already and replaced, first p1/s1/task"),
            "\(again.problems)")
    }

    @Test("a causal chain tells its delay")
    func causalDelay() throws {
        let folder = try TemporaryFolder()
        try FilterArchive(in: folder.url).add("p1/s1/task", seconds: 2)
        let run = try FilterArchive.filter(
            ["--dry-run"], pipeline: "phase: causal\n" + Self.chain, in: folder.url)
        #expect(run.output.contains("delay "))
        #expect(run.output.contains("order 4, -3 dB at 20 and 450 Hz"))
    }

    @Test("a recording whose rate cannot hold a cut-off is refused, the others go on")
    func lowRate() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task")
        try archive.add("p2/s1/slow", rate: 200)
        try archive.add("p3/s1/task", rate: 2_000)
        for action in [["--dry-run"], ["--output", "out"]] {
            let run = try FilterArchive.filter(action, pipeline: Self.chain, in: folder.url)
            #expect(run.status == 1)
            #expect(run.problems.contains("p2/s1/slow: stages[0] band_pass"))
            #expect(run.problems.contains("450 Hz is not below 100 Hz"))
            #expect(run.problems.contains("hint: choose a cut-off below 100 Hz"))
        }
        let files = try contents(of: folder.url.appending(path: "out")).keys.sorted()
        #expect(files == ["p1/s1/task.h5", "p3/s1/task.h5"])
        // An upper cut-off that nobody stated is lowered, and said to be.
        let lowered = try FilterArchive.filter(
            ["--dry-run"], pipeline: "stages: [band_pass]\n", in: folder.url)
        #expect(lowered.status == 0)
        #expect(lowered.output.contains("lowered to 90 Hz"))
    }

    @Test("a preset does what its stages written out do")
    func preset() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task")
        let named = try FilterArchive.filter(
            ["archive", "--preset", "biosppy", "--output", "named"], in: folder.url)
        #expect(named.status == 0, "\(named.problems)")
        let written = try FilterArchive.filter(
            ["--output", "written"],
            pipeline: """
                engine: recursive
                edges: scipy
                stages: [{high_pass: {cutoff_hz: 100, order: 4}}]
                """, in: folder.url)
        #expect(written.status == 0)
        #expect(
            try archive.read("p1/s1/task", in: "named").samples
                == archive.read("p1/s1/task", in: "written").samples)
    }

    // MARK: Plots

    @Test(
        "a plot is drawn in each format, without an output too", arguments: ["svg", "png", "pdf"])
    func plot(format: String) throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/slow", rate: 200)
        try archive.add("p1/s1/task", channels: (0..<6).map { "emg\($0)" })
        let run = try FilterArchive.filter(
            ["--plot", "plots/x.\(format)"], pipeline: Self.chain, in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let data = try Data(contentsOf: folder.url.appending(path: "plots/x.\(format)"))
        #expect(data.count > 5_000)
        guard format == "svg" else { return }
        let text = String(decoding: data, as: UTF8.self)
        for words in [
            "p1/s1/task (4 of 6 channels)", "band_pass + notch", "magnitude (dB)", "Group delay",
            "emg3, after", "edge, not to be trusted",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("emg4"))
    }

    @Test("the recording to draw is named; one that is not there or not fit is refused")
    func plotRecording() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task")
        try archive.add("p2/s1/task")
        try archive.add("p3/s1/slow", rate: 200)
        let run = try FilterArchive.filter(
            ["--plot", "x.svg", "--plot-recording", "p2/s1/task", "--dry-run"],
            pipeline: Self.chain, in: folder.url)
        #expect(run.status == 1, "p3 is refused by the dry run")
        let text = try String(contentsOf: folder.url.appending(path: "x.svg"), encoding: .utf8)
        #expect(text.contains("p2/s1/task"))
        for (id, words) in [("p9/s1/task", "\"p1/s1/task\""), ("p3/s1/slow", "450 Hz")] {
            let refused = try FilterArchive.filter(
                ["--plot", "y.svg", "--plot-recording", id, "--output", "out-\(id.prefix(2))"],
                pipeline: Self.chain, in: folder.url)
            #expect(refused.status == 1)
            #expect(refused.problems.contains(words), "\(refused.problems)")
            #expect(
                try contents(of: folder.url.appending(path: "out-\(id.prefix(2))")).count == 2,
                "the recordings are filtered all the same")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "y.svg").path()))
    }

    @Test(
        "chains of all kinds are drawn",
        arguments: [
            "phase: causal\nstages: [{notch: {mains_hz: 50, harmonics: 8}}, moving_rms]\n",
            "stages: [rectify]\n", "stages: [{resample: {rate_hz: 500}}, hilbert]\n",
            "stages: [{normalize: {method: z_score}}]\n",
            "phase: linear\nstages: [{fir: {rule: mne, low_hz: 20, high_hz: 400}}]\n",
            "stages: [{comb: {fundamental_hz: 50}}, teager_kaiser]\n",
        ])
    func chains(pipeline: String) throws {
        let folder = try TemporaryFolder()
        try FilterArchive(in: folder.url).add("p1/s1/task", seconds: 3) { index, channel in
            (900..<950).contains(index) ? .nan : FilterArchive.noise(index, channel)
        }
        let run = try FilterArchive.filter(["--plot", "x.svg"], pipeline: pipeline, in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let text = try String(contentsOf: folder.url.appending(path: "x.svg"), encoding: .utf8)
        #expect(text.contains("emg1, after"))
        #expect(!text.contains("nan,") && !text.contains(",nan"))
    }

    @Test("an archive without a recording is said to be empty")
    func empty() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "archive"), withIntermediateDirectories: true)
        for action in [["--dry-run"], ["--plot", "x.svg"], ["--output", "out"]] {
            let run = try FilterArchive.filter(action, pipeline: Self.chain, in: folder.url)
            #expect(run.status == 1)
            #expect(run.problems.contains("no recording was found"))
        }
    }
}
