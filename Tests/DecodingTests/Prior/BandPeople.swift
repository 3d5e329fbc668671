import Decoding
import Foundation
import MetaLearning
import SeededRandom
import Testing

/// People who wear a band of electrodes, each movement a place round the arm; priors over them.
enum BandPeople {
    static let (windowLength, stride, holdSamples) = (40, 10, 160)
    static let sample: SampleDecoder = {
        var sample = SampleDecoder("prior")
        sample.channelCount = 8
        return sample
    }()

    /// What somebody does, in samples.
    ///
    /// - Parameters:
    ///   - person: Who.
    ///   - cues: The classes that are held, one after the other.
    ///   - turn: By how many electrodes the band is turned.
    ///   - channels: Electrodes of the band.
    ///   - name: Of the recording: another one is another noise.
    /// - Returns: The samples with the class of each.
    static func recording(
        of person: Int, cues: [Int], turn: Int = 0, channels: Int = 8, name: String = "day1"
    ) -> (samples: [Float], labels: [UInt8]) {
        var own = SeededGenerator(seed: UInt64(person), stream: "person")
        let strengths = (0..<3).map { label in
            (0..<channels).map { channel -> Double in
                let place = (label * 3 * channels) / 8
                let distance = min(
                    (channel - place + 2 * channels) % channels,
                    (place - channel + 2 * channels) % channels)
                let strength = own.uniform(in: 0.7..<1.4)
                return label == 0 ? 3 : 4 + 40 * exp(-Double(distance)) * strength
            }
        }
        var generator = SeededGenerator(seed: UInt64(person), stream: "signal \(name)")
        var (samples, labels): ([Float], [UInt8]) = ([], [])
        for cue in cues {
            // Nobody holds twice alike.
            let effort = exp(0.15 * generator.nearlyNormal())
            for _ in 0..<holdSamples {
                for channel in 0..<channels {
                    let strength = strengths[cue][(channel - turn + channels) % channels]
                    samples.append(Float(effort * strength * generator.nearlyNormal()))
                }
                labels.append(UInt8(cue))
            }
        }
        return (samples, labels)
    }

    /// The windows of a recording that are of one class throughout.
    static func windows(
        of recording: (samples: [Float], labels: [UInt8]), channels: Int = 8
    ) throws -> WindowSet {
        let starts = Swift.stride(
            from: 0, through: recording.labels.count - windowLength, by: stride
        ).filter { recording.labels[$0] == recording.labels[$0 + windowLength - 1] }
        return try WindowSet(
            signal: recording.samples, channelCount: channels, windowLength: windowLength,
            starts: starts, labels: starts.map { recording.labels[$0] })
    }

    /// Somebody who is learned from: a hold of each class as support, two more as query.
    static func person(_ number: Int, turn: Int = 0, channels: Int = 8) throws -> PriorPerson {
        func repetitions(_ cues: [Int], _ name: String) throws -> [ChannelRepetition] {
            try windows(
                of: recording(
                    of: number, cues: cues, turn: turn, channels: channels, name: name),
                channels: channels
            ).channelRepetitions()
        }
        return PriorPerson(sessions: [
            PriorPerson.Session(
                support: try repetitions([0, 1, 2], "support"),
                query: try repetitions([1, 0, 2, 0, 1, 2], "query"))
        ])
    }

    /// Priors over people 1 to 6 who wear the band alike, with a ring and without, which tests share.
    private static let shared = [true, false].map { isRing in
        Result { try learned(isRing: isRing).model }
    }

    /// A prior over people 1 to 6.
    static func learned(
        isRing: Bool? = true, channels: Int = 8, turns: [Int] = [0, 0, 0, 0, 0, 0]
    ) throws -> PriorLearning {
        try PriorLearning.learn(
            from: turns.enumerated().map {
                try person($0.offset + 1, turn: $0.element, channels: channels)
            },
            form: WindowForm(
                channelCount: channels, windowLength: windowLength, classCount: 3),
            isRing: isRing, at: "people")
    }

    /// The decoders of a prior: of nobody, of a person, of one who showed a single class, and of one
    /// that goes on learning.
    static let variants = ["nobody", "person", "one class", "learning", "no ring"]

    static func model(
        _ variant: String, of person: Int = 9, channels: Int = 8
    ) throws -> PriorModel {
        let isRing = variant != "no ring"
        var model =
            channels == 8
            ? try shared[isRing ? 0 : 1].get()
            : try learned(isRing: isRing, channels: channels).model
        guard variant != "nobody" else { return model }
        let support = try windows(
            of: recording(
                of: person, cues: variant == "one class" ? [1] : [0, 1, 2], turn: person % channels,
                channels: channels), channels: channels)
        model = try #require(
            model.adapted(to: support, by: nil, id: "p\(person)") as? PriorModel)
        if variant == "learning" {
            var updates = SoftUpdates()
            (updates.share, updates.interval) = (0.1, 2)
            model.updates = updates
        }
        return model
    }

    static func bundle(_ model: any DecoderModel) throws -> DecoderBundle {
        var bundle = try sample.bundle
        bundle.model = model
        return bundle
    }

    /// New people, whose bands are turned by their numbers.
    static let strangers = Array(9...14)

    /// What a stranger does after the support.
    static func later(_ person: Int) -> (samples: [Float], labels: [UInt8]) {
        recording(
            of: person, cues: [0, 2, 1, 0, 1, 2], turn: person % 8, name: "later")
    }

    /// The mean of the accuracy over strangers.
    static func accuracy(_ bundle: (_ person: Int) throws -> DecoderBundle) throws -> Double {
        try strangers.reduce(0) { try $0 + accuracy(of: bundle($1), on: later($1)) }
            / Double(strangers.count)
    }

    /// The share of a recording's decisions that are right, of windows of one class throughout.
    static func accuracy(
        of bundle: DecoderBundle, on recording: (samples: [Float], labels: [UInt8])
    ) throws -> Double {
        let decided = try DecidedWindow.all(of: recording.samples, by: bundle, chunk: 100)
            .filter {
                recording.labels[$0.decision.sample]
                    == recording.labels[$0.decision.sample + 1 - windowLength]
            }
        let right = decided.count {
            $0.decision.likeliestClass == Int(recording.labels[$0.decision.sample])
        }
        return Double(right) / Double(decided.count)
    }
}
