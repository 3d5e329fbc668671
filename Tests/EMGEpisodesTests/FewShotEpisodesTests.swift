import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TaskDraws
import TestSupport
import Testing

@Suite("N-way K-shot episodes of a collection")
struct FewShotEpisodesTests {
    private static let classes = ["rest", "open", "close", "pinch", "point"]

    /// People with five gestures, each on a channel of its own, three times.
    private static func collection(in folder: URL, people: Int = 4) throws -> CollectionFile {
        let archive = RecordingArchive(folder: folder.appending(path: "archive"))
        for person in 1...people {
            var generator = SeededGenerator(seed: UInt64(person))
            var labels: [UInt8] = []
            var values: [Float] = []
            for _ in 0..<3 {
                for label in 0..<UInt8(5) {
                    for _ in 0..<60 {
                        labels.append(label)
                        for channel in 0..<5 {
                            values.append(
                                (channel == Int(label) ? 8 : 1)
                                    + Float(generator.nearlyNormal()) / 2)
                        }
                    }
                }
            }
            let description = try RecordingDescription(
                identity: RecordingIdentity(
                    patient: "p\(person)", session: "day1", condition: "a"),
                channels: (0..<5).map { Channel(name: "emg\($0)", unit: "count") },
                samplingRate: SamplingRate(hertz: 100),
                source: SourceFile(
                    name: "p\(person).csv", sha256: String(repeating: "\(person)", count: 64)))
            try archive.write(
                try Recording(
                    description, samples: SampleMatrix(values: values, channelCount: 5),
                    labels: LabelTrack(classNames: classes, values: labels)))
        }
        let configuration = CollectionConfiguration(
            window: WindowSettings(length: .samples(10), stride: .samples(5)),
            split: SplitSettings(.fraction(1.0 / 3)),
            patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p1"])))
        let url = folder.appending(path: "study.json")
        _ = try CollectionBuilder(configuration: configuration).build(from: archive, to: url)
        return try CollectionFile.open(url)
    }

    private static func settings(
        _ change: (inout TrainingConfiguration.FewShot) -> Void = { _ in }
    ) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        var fewShot = TrainingConfiguration.FewShot()
        (fewShot.ways, fewShot.shots, fewShot.queries) = (2, 2, 4)
        change(&fewShot)
        configuration.fewShot = fewShot
        configuration.model = DNN(hidden: [16])
        configuration.inner.learningRate = 0.01
        configuration.inner.epochs = 3
        configuration.outer.learningRate = 0.01
        configuration.metaEpochs = 3
        configuration.baselines.lda = false
        configuration.baselines.pretrained?.epochs = 2
        return configuration
    }

    private static func source(
        _ file: CollectionFile, _ configuration: TrainingConfiguration
    ) throws -> any EpisodeSource {
        try FewShotEpisodes.drawing(from: CollectionEpisodes(file), by: configuration)
    }

    @Test(
        "an episode has as many ways, shots and queries as asked for, and no sample in both parts",
        arguments: [TrainingConfiguration.FewShot.Windows.parts, .together])
    func counts(windows: TrainingConfiguration.FewShot.Windows) throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let source = try Self.source(file, Self.settings { $0.windows = windows })
        let guardSamples = file.manifest.split.guardSamples
        var drawn: Set<[UInt8]> = []
        for id in source.ids(in: .train) {
            let whole = try file.tensors(for: id)
            for step in 0..<10 {
                let episode = try source.episode(id, in: EpisodeRound("meta-step \(step)"))
                #expect(episode == (try source.episode(id, in: EpisodeRound("meta-step \(step)"))))
                drawn.insert(episode.classes)
                for label in UInt8(0)..<2 {
                    #expect(episode.support.labels.count { $0 == label } == 2)
                    #expect(episode.query.labels.count { $0 == label } == 4)
                }
                #expect(episode.query.starts == episode.query.starts.sorted())
                for query in episode.query.starts {
                    for support in episode.support.starts {
                        #expect(abs(query - support) >= 10 + guardSamples)
                    }
                }
                let truth = Dictionary(
                    uniqueKeysWithValues: zip(
                        whole.support.starts + whole.query.starts,
                        whole.support.labels + whole.query.labels))
                for set in [episode.support, episode.query] {
                    for (start, label) in zip(set.starts, set.labels) {
                        #expect(truth[Int64(start)] == episode.classes[Int(label)])
                    }
                }
                if windows == .parts {
                    #expect(
                        episode.support.starts.allSatisfy {
                            whole.support.starts.contains(Int64($0))
                        })
                }
            }
        }
        #expect(drawn.count > 8)
    }

    @Test("held-out gestures are in test episodes alone, and nothing else is")
    func heldOut() throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let configuration = Self.settings {
            $0.heldOut = ["pinch", "point"]
            $0.episodes = 5
            $0.queries = nil
        }
        let source = try Self.source(file, configuration)
        #expect(source.ids(in: .test) == (1...5).map { "p1/day1/a:\($0)" })
        for id in source.ids(in: .test) {
            let episode = try source.episode(id)
            #expect(Set(episode.classes) == [3, 4])
            // Both gestures of the query, two of three repetitions of 60 samples, all of them.
            #expect(episode.query.count > 30)
        }
        for id in source.ids(in: .validation) {
            #expect(Set(try source.episode(id).classes).isSubset(of: [0, 1, 2]))
        }
        for step in 0..<20 {
            let episode = try source.episode("p3/day1/a", in: EpisodeRound("\(step)"))
            #expect(Set(episode.classes).isSubset(of: [0, 1, 2]))
        }
        #expect(source.knownClassNames == ["rest", "open", "close"])
        let known = try source.episode(
            "p3/day1/a", in: EpisodeRound("pass", variesClasses: false))
        #expect(Set(known.support.labels + known.query.labels) == [0, 1, 2])
    }

    @Test("test episodes are the same with another seed of training, and with other tasks")
    func fixedEpisodes() throws {
        let folder = try TemporaryFolder()
        let (few, many) = (
            try Self.collection(in: folder.url.appending(path: "few"), people: 3),
            try Self.collection(in: folder.url.appending(path: "many"), people: 5)
        )
        var other = Self.settings()
        other.seed = 99
        let (one, two) = (try Self.source(few, Self.settings()), try Self.source(many, other))
        #expect(try one.episode("p1/day1/a") == two.episode("p1/day1/a"))
        let changed = try Self.source(few, Self.settings { $0.seed = 1 })
        #expect(try changed.episode("p1/day1/a") != one.episode("p1/day1/a"))
        let round = EpisodeRound("meta-step 1")
        #expect(try one.episode("p3/day1/a", in: round) != two.episode("p3/day1/a", in: round))
    }

    @Test("training learns new gestures of a new person, and tells them by their names")
    func training() throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url, people: 5)
        var configuration = Self.settings {
            $0.heldOut = ["pinch", "point"]
            $0.episodes = 4
        }
        var results: [TrainingResult] = []
        for threads in [1, 2] {
            configuration.threads = threads
            results.append(
                try Trainer(
                    source: Self.source(file, configuration), configuration: configuration
                ).train())
        }
        #expect(results[0].parameters == results[1].parameters)
        #expect(results[0].columns == results[1].columns)
        for column in results[0].columns {
            #expect(column.scores.count == 4)
            for score in column.scores {
                let query = try #require(score.query)
                #expect(Set(query.labels) == [3, 4] && score.predictions.count == 8)
                #expect(Set(score.predictions).isSubset(of: [3, 4]))
                let right = zip(query.labels, score.predictions).count { $0 == $1 }
                #expect(score.accuracy == Double(right) / 8)
            }
        }
        let pretrained = try #require(results[0].columns.first { $0.method == .pretrained })
        #expect(pretrained.trainingGradients > 0)
        #expect(results[0].notes.contains { $0.contains("held out for testing: pinch, point") })
    }

    @Test(
        "settings that no collection fits are refused with the way out",
        arguments: [
            ("held_out", ["pinch", "nobody"], 2, "nobody"),
            ("ways", ["pinch"], 2, "at least 2 classes for test"),
            ("ways", ["pinch", "point", "rest"], 3, "at least 3 classes for train"),
        ])
    func refusals(key: String, heldOut: [String], ways: Int, mention: String) throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let error = #expect(throws: MetaLearningError.self) {
            try Self.source(
                file,
                Self.settings {
                    $0.heldOut = heldOut
                    $0.ways = ways
                })
        }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
        #expect(error?.description.contains("few_shot.\(key)") == true)
    }

    @Test("more windows than a task has are an error that names the task")
    func tooFewWindows() throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let source = try Self.source(file, Self.settings { $0.shots = 500 })
        let error = #expect(throws: TaskError.self) { try source.episode("p1/day1/a") }
        #expect(error?.subject == "p1/day1/a")
    }

    @Test("without few_shot the tasks are the collection's")
    func none() throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let source = try Self.source(file, TrainingConfiguration())
        #expect(source.classNames == Self.classes && source is CollectionEpisodes)
    }

    @Test("a turned task's windows carry the scaling of the electrodes that they come from")
    func scaling() throws {
        let folder = try TemporaryFolder()
        let file = try Self.collection(in: folder.url)
        let id = "p1/day1/a"
        let episode = try CollectionEpisodes(file).episode(id)
        let own = try #require(episode.support.scaling)
        let entry = try #require(file.manifest.tasks.first { $0.id == id })
        #expect(own.offset == entry.normalization.offset)
        for (turn, gain) in [(2.0, 1.0), (0.5, 1), (-1, 1.5)] {
            var draw = TaskDraw()
            draw.turn = turn
            if gain != 1 { draw.gains = Array(repeating: gain, count: 5) }
            let varied = try episode.varied(by: draw, columnCount: 5)
            let other = try #require(varied.support.scaling)
            for sample in [0, 33, 700] {
                func raw(_ channel: Int) -> Double {
                    let place = (channel % 5 + 5) % 5
                    return Double(episode.support.signal[sample * 5 + place]) * own.scale[place]
                        + own.offset[place]
                }
                for channel in 0..<5 {
                    let place = Double(channel) + turn
                    let low = Int(place.rounded(.down))
                    let share = place - place.rounded(.down)
                    let expected = gain * ((1 - share) * raw(low) + share * raw(low + 1))
                    let found =
                        Double(varied.support.signal[sample * 5 + channel]) * other.scale[channel]
                        + other.offset[channel]
                    #expect(abs(found - expected) < 1e-3)
                }
            }
        }
    }

    @Test("validation may have another number of episodes, and what is of arrays alone is refused")
    func episodesOfSplits() throws {
        let folder = try TemporaryFolder()
        let source = try CollectionEpisodes(Self.collection(in: folder.url))
        let drawn = try FewShotEpisodes.drawing(
            from: source,
            by: Self.settings {
                $0.episodes = 5
                $0.validationEpisodes = 2
            })
        #expect(drawn.ids(in: .test).count == 5 && drawn.ids(in: .validation).count == 2)
        let other = try FewShotEpisodes.drawing(
            from: source,
            by: Self.settings {
                $0.episodes = 1
                $0.validationEpisodes = 3
            })
        #expect(other.ids(in: .test) == ["p1/day1/a"] && other.ids(in: .validation).count == 3)
        for (key, change) in [
            ("tasks", { $0.tasks = 4 }), ("within", { $0.within = .group }),
            ("ways", { $0.ways = nil }),
        ] as [(String, (inout TrainingConfiguration.FewShot) -> Void)] {
            let fault = #expect(throws: MetaLearningError.self) {
                try FewShotEpisodes.drawing(from: source, by: Self.settings(change))
            }
            #expect(fault?.location == "few_shot.\(key)")
        }
    }
}
