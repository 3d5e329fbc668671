import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

/// What `myotask filter` learns from recordings before it filters them.
@Suite("Hum and reference amplitudes")
struct FilterReferenceTests {
    // MARK: Hum

    /// An archive with 50 Hz of amplitude 20 in the second of three channels.
    private func hummingArchive(in folder: URL) throws {
        let archive = FilterArchive(in: folder)
        try archive.add("p1/s1/hum", seconds: 20, channels: ["a", "b", "c"]) { index, channel in
            3 * FilterArchive.noise(index, channel)
                + (channel == 1 ? 20 * sin(2 * .pi * 50 * Double(index) / 1_000) : 0)
        }
        try archive.add("p2/s1/quiet", seconds: 20)
        try archive.add("p3/s1/short", seconds: 0.5)
    }

    @Test("hum is reported with its strength before it is removed, in a dry run too")
    func hum() throws {
        let folder = try TemporaryFolder()
        try hummingArchive(in: folder.url)
        let pipeline = "stages: [{notch: {mains_hz: 50}}]\n"
        for action in [["--dry-run"], ["--output", "out"]] {
            let run = try FilterArchive.filter(action, pipeline: pipeline, in: folder.url)
            #expect(run.status == 0, "\(run.problems)")
            let line = try #require(
                run.problems.split(separator: "\n").first { $0.contains("mains hum at 50 Hz") })
            #expect(line.hasPrefix("p1/s1/hum: "))
            #expect(line.contains("in 1 of 3 channels"))
            #expect(line.contains("which the pipeline takes out"))
            let amplitude = try #require(
                line.split(separator: " ").drop { $0 != "to" }.dropFirst().first.flatMap {
                    Double($0)
                })
            #expect(abs(amplitude - 20) < 0.5)
            #expect(run.problems.contains("no mains hum stands out in 1 recording"))
            #expect(run.problems.contains("cannot be determined in 1 recording"))
        }
    }

    @Test(
        "hum that the pipeline leaves in is a warning",
        arguments: [
            ("stages: [{notch: {mains_hz: 60}}]\n", "but the pipeline takes out 60 Hz"),
            ("stages: [{low_pass: {cutoff_hz: 100}}]\n", "which the pipeline leaves in"),
        ])
    func humLeftIn(pipeline: String, words: String) throws {
        let folder = try TemporaryFolder()
        try hummingArchive(in: folder.url)
        let run = try FilterArchive.filter(["--output", "out"], pipeline: pipeline, in: folder.url)
        #expect(run.status == 0)
        #expect(run.problems.contains("warning: p1/s1/hum: mains hum at 50 Hz"))
        #expect(run.problems.contains(words), "\(run.problems)")
    }

    // MARK: Amplitudes of a named recording

    private func mvcPipeline(_ name: String, percentile: Int = 100) -> String {
        """
        stages:
          - rectify
          - normalize: {method: mvc, recording: \(name), percentile: \(percentile)}

        """
    }

    /// Three patients, each with a contraction of its own strength; the last without one.
    private func contractionArchive(in folder: URL) throws -> FilterArchive {
        let archive = FilterArchive(in: folder)
        for (patient, strength) in [("p1", 50.0), ("p2", 200)] {
            try archive.add("\(patient)/s1/task", seconds: 2)
            try archive.add("\(patient)/s1/mvc", seconds: 2) { index, channel in
                strength * Double(channel + 1) * FilterArchive.noise(index, channel)
            }
        }
        try archive.add("p3/s1/task", seconds: 2)
        return archive
    }

    @Test("amplitudes are taken from a recording of the same session, and history says so")
    func contraction() throws {
        let folder = try TemporaryFolder()
        let archive = try contractionArchive(in: folder.url)
        let run = try FilterArchive.filter(
            ["--output", "out"], pipeline: mvcPipeline("mvc"), in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("no recording \"p3/s1/mvc\""), "\(run.problems)")
        #expect(run.problems.contains("\"p3/s1/task\""), "what is there is listed")
        for patient in ["p1", "p2"] {
            let id = "\(patient)/s1/task"
            let raw = try archive.read(id, in: "archive")
            let reference = try archive.read("\(patient)/s1/mvc", in: "archive")
            let out = try archive.read(id, in: "out")
            for channel in 0..<2 {
                let peak = try #require(reference.samples.channel(channel).map { abs($0) }.max())
                let expected = raw.samples.channel(channel).map { abs($0) / peak }
                for (one, other) in zip(expected, out.samples.channel(channel)) {
                    #expect(abs(one - other) <= 1e-6)
                }
            }
            let parameters = try #require(out.history.last).parameters
            #expect(parameters["reference_recording"] == .text("\(patient)/s1/mvc"))
            #expect(
                parameters["reference_source_sha256"] == .text(reference.source.sha256))
            #expect(parameters["reference_percentile"] == .number(100))
            guard case .list(let values)? = parameters["values"] else {
                Issue.record("no values in \(parameters)")
                return
            }
            #expect(values.count == 2)
        }
        let contraction = try archive.read("p1/s1/mvc", in: "out")
        #expect(contraction.samples.values.max() == 1, "the contraction itself reaches its peak")
    }

    @Test(
        "one recording may serve the whole archive, and a percentile forgives artifacts",
        arguments: ["p1/s1/mvc"])
    func oneForAll(name: String) throws {
        let folder = try TemporaryFolder()
        let archive = try contractionArchive(in: folder.url)
        let run = try FilterArchive.filter(
            ["--output", "out", "--plot", "x.png"], pipeline: mvcPipeline(name, percentile: 50),
            in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let reference = try archive.read(name, in: "archive").samples.channel(1).map { abs($0) }
            .sorted()
        // An even count: the median lies between its two middle values.
        let median = (reference[reference.count / 2] + reference[reference.count / 2 - 1]) / 2
        let raw = try archive.read("p3/s1/task", in: "archive").samples.channel(1)
        let out = try archive.read("p3/s1/task", in: "out").samples.channel(1)
        for (one, other) in zip(raw, out) { #expect(abs(abs(one) / median - other) <= 1e-5) }
    }

    @Test("a reference of other channels is refused, one without a contraction too")
    func wrongReference() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        try archive.add("p1/s1/task", seconds: 1)
        try archive.add("p1/s2/mvc", seconds: 1, channels: ["emg1", "emg0"])
        try archive.add("p1/s3/mvc", seconds: 1) { _, _ in 0 }
        let swapped = try FilterArchive.filter(
            ["--dry-run"], pipeline: mvcPipeline("s2/mvc"), in: folder.url)
        #expect(swapped.status == 1)
        #expect(swapped.problems.contains("has the channels emg1, emg0"), "\(swapped.problems)")
        let silent = try FilterArchive.filter(
            ["--output", "out"], pipeline: mvcPipeline("p1/s3/mvc"), in: folder.url)
        #expect(silent.status == 1)
        #expect(silent.problems.contains("the amplitude of channel 1 must be above 0"))
    }
}
