import Decoding
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite struct ReplayDecodingTests {
    static let decoders = StreamFixture.models.keys.sorted() + StreamFixture.priors
    static let combinations =
        decoders.flatMap { model in
            StreamFixture.pipelines.keys.sorted().map { (model, $0) }
        } + StreamFixture.closed.map { ($0, "envelope") }

    @Test(
        "decisions about a recording that is replayed are those of a decoder fed with all of it, for chunks of any size",
        arguments: combinations)
    func chunks(model: String, pipeline: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        let samples = StreamFixture.samples(400)
        try StreamFixture.write(samples, to: file)
        let bundle = try StreamFixture.bundle(model: model, pipeline: pipeline)
        let expected = try StreamFixture.lines(bundle, samples)
        #expect(expected.split(separator: "\n").count == 38)
        for chunk in [1, 7, 40, 400] {
            let sink = CollectingSink()
            var loop = try DecodingLoop(
                bundle, from: ReplaySource(file, isRealTime: false, chunk: chunk), to: [sink])
            let summary = try loop.run()
            #expect(sink.lines == expected, "chunks of \(chunk)")
            #expect(summary.counters.samples == 400)
            #expect(summary.counters.packets == (400 + chunk - 1) / chunk)
            #expect(summary.counters.nonFiniteSamples == 5)
            #expect(summary.counters.decisions == 37)
            // Windows that end in samples 200 to 243 have a hole, or are not whole again.
            #expect(summary.counters.faultDecisions == 4)
            #expect(summary.latency.count == 37)
        }
    }

    @Test(
        "decisions about a recording are those of a file's, and of an evaluation's",
        arguments: StreamFixture.priors + ["dnn"])
    func offline(model: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        let samples = StreamFixture.samples(400, hasHole: false)
        try StreamFixture.write(
            samples, to: file,
            labels: LabelTrack(
                classNames: StreamFixture.classes,
                values: (0..<400).map { UInt8($0 / 150 % 3) }))
        let bundle = try StreamFixture.bundle(model: model)
        let decided = try DecidedWindow.all(of: samples, by: bundle, chunk: 7)
        let evaluated = try BundleEvaluation(bundle).evaluate(file)
        #expect(evaluated.decisions.map(\.probabilities) == decided.map(\.probabilities))
        #expect(evaluated.decisions.map(\.output) == decided.map(\.decision.output))
        try bundle.write(to: folder.url.appending(path: "b.myodec"))
        let run = try CommandRun(
            ["predict", "b.myodec", "r.h5", "--output", "p.jsonl"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let predicted = try String(
            contentsOf: folder.url.appending(path: "p.jsonl"), encoding: .utf8)
        #expect(predicted.split(separator: "\n").count == 37)
        #expect(try StreamFixture.lines(bundle, samples).hasPrefix(predicted))
        // Each recording begins with what the bundle knows.
        #expect(try BundleEvaluation(bundle).evaluate(file).decisions == evaluated.decisions)
    }

    @Test func `a recording in real time takes as long as it was, and says the same`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        let samples = StreamFixture.samples(100, hasHole: false)
        try StreamFixture.write(samples, to: file)
        let bundle = try StreamFixture.bundle()
        let sink = CollectingSink()
        var loop = try DecodingLoop(
            bundle, from: ReplaySource(file, isRealTime: true), to: [sink])
        let begin = MonotonicClock.now
        _ = try loop.run()
        // Not a sample comes before its time; how late it comes is the machine's matter.
        #expect(MonotonicClock.now - begin >= 500_000_000)
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
    }

    @Test func `somebody who stops a decoder is told so by a last neutral output`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        try StreamFixture.write(StreamFixture.samples(400), to: file)
        let sink = CollectingSink()
        var loop = try DecodingLoop(
            try StreamFixture.bundle(),
            from: ReplaySource(file, isRealTime: false, chunk: 10), to: [sink])
        _ = try loop.run { sink.records.count >= 8 }
        #expect(sink.causes == [.stopped])
        #expect(sink.records.last?.output == ControlOutput(label: nil, velocity: 0, state: .fault))
    }

    @Test(
        "a recording that is not what the bundle was made for is refused by name, with both values",
        arguments: [
            (
                StreamFixture.channels, 100.0, ChannelMapping.inOrder,
                "sampling rate: the bundle was made for 200.0 Hz, this has 100.0 Hz"
            ),
            (
                Array(StreamFixture.channels.prefix(3)), 200, .inOrder,
                "channels: the bundle was made for 4 channels (emg0, emg1, emg2, emg3), this has 3 "
            ),
            (
                StreamFixture.channels + [Channel(name: "trigger", unit: "uV")], 200, .inOrder,
                "--map-channels by-name"
            ),
            (
                StreamFixture.channels.map { Channel(name: $0.name, unit: "mV") }, 200, .inOrder,
                "the unit of emg0: the bundle was made for uV, this has mV"
            ),
            (
                [0, 2, 1, 3].map { StreamFixture.channels[$0] }, 200, .inOrder,
                "the bundle was made for emg1 at place 2, this has emg2"
            ),
            (
                (0..<4).map { Channel(name: "c\($0)", unit: "uV") }, 200, .byName,
                "the bundle was made for emg0, this has 0 of that name among 4"
            ),
        ])
    func otherInput(
        channels: [Channel], hertz: Double, mapping: ChannelMapping, message: String
    ) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        let samples = StreamFixture.samples(100, channels: channels.count)
        try StreamFixture.write(samples, to: file, hertz: hertz, channels: channels)
        let sink = CollectingSink()
        var settings = StreamSettings()
        settings.mapping = mapping
        var loop = try DecodingLoop(
            try StreamFixture.bundle(), from: ReplaySource(file, isRealTime: false), to: [sink],
            settings)
        let error = #expect(throws: DecodingError.self) { try loop.run() }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("r.h5") == true)
        // Nobody is left with what was put out before.
        #expect(sink.causes == [.failed])
    }

    @Test(
        "channels in another order are taken by their names or numbers, and then decisions are the same",
        arguments: [(ChannelMapping.byName, nil), (.inOrder, [1, 2, 4, 0])])
    func mapping(_ mapping: ChannelMapping, _ numbers: [Int]?) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "r.h5")
        let samples = StreamFixture.samples(200)
        // Of the recording, channel 3 stands first and one of another quantity in the middle.
        let order = [3, 0, 1, nil, 2]
        let mixed = (0..<200).flatMap { row in
            order.map { channel in channel.map { samples[row * 4 + $0] } ?? Float(row) }
        }
        let channels = order.map { channel in
            channel.map { StreamFixture.channels[$0] } ?? Channel(name: "angle", unit: "deg")
        }
        try StreamFixture.write(mixed, to: file, channels: channels)
        let bundle = try StreamFixture.bundle()
        let sink = CollectingSink()
        var settings = StreamSettings()
        (settings.mapping, settings.channels) = (mapping, numbers)
        var loop = try DecodingLoop(
            bundle, from: ReplaySource(file, isRealTime: false, chunk: 13), to: [sink], settings)
        _ = try loop.run()
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
    }
}
