import ArrayCollections
import Documents
import ErrorReports
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("N-way K-shot episodes of labeled arrays")
struct ArrayEpisodesTests {
    private static func label(_ row: [Float]) -> Int {
        Int((row[0] * 255).rounded()) + 256 * Int((row[1] * 255).rounded())
    }

    private static func sample(_ row: [Float]) -> Int { Int((row[2] * 255).rounded()) }

    @Test("an episode has as many ways, shots and queries as asked for, of classes of its split")
    func shape() throws {
        let folder = try TemporaryFolder()
        let source = try ArrayFixture.collection(in: folder.url).episodes(
            by: ArrayFixture.settings())
        #expect(source.classNames == ["way 1", "way 2", "way 3"])
        #expect(source.ids(in: .train).count == 5 && source.ids(in: .test).count == 4)
        #expect(source.ids(in: .validation).isEmpty)
        #expect(source.channelCount == 1 && source.windowLength == 16)
        #expect(source.imageExtent?.rows == 4 && source.imageExtent?.columns == 4)
        for (split, allowed) in [(EpisodeSplit.train, 0..<8), (.test, 8..<12)] {
            for id in source.ids(in: split) {
                let episode = try source.episode(id)
                #expect(episode.support.count == 6 && episode.query.count == 9)
                let rows = Episode.rows(episode.support) + Episode.rows(episode.query)
                let all = zip(rows, episode.support.labels + episode.query.labels)
                var classOfWay: [UInt8: Int] = [:]
                var seen: Set<[Int]> = []
                for (row, way) in all {
                    let label = Self.label(row)
                    #expect(allowed.contains(label))
                    #expect(classOfWay[way, default: label] == label)
                    classOfWay[way] = label
                    // No sample is in the support and in the query, or twice.
                    #expect(seen.insert([label, Self.sample(row)]).inserted)
                }
                #expect(Set(classOfWay.values).count == 3)
                #expect(episode.support.labels == [0, 1, 2, 0, 1, 2])
            }
        }
    }

    @Test("training episodes may have other shots and queries than those that are scored")
    func trainingSize() throws {
        let folder = try TemporaryFolder()
        let source = try ArrayFixture.collection(in: folder.url).episodes(
            by: ArrayFixture.settings {
                $0.shots = 1
                $0.queries = 2
                $0.trainingShots = 3
                $0.trainingQueries = 1
            })
        for id in source.ids(in: .train) {
            let episode = try source.episode(id, in: EpisodeRound("meta-step 1"))
            #expect(episode.support.count == 9 && episode.query.count == 3)
            #expect(source.windowCounts(of: id)?.support == 9)
            #expect(source.windowCounts(of: id)?.query == 3)
        }
        for id in source.ids(in: .test) {
            let episode = try source.episode(id)
            #expect(episode.support.count == 3 && episode.query.count == 6)
            #expect(source.windowCounts(of: id)?.support == 3)
        }
        // What only training asks for is asked of training classes alone.
        let collection = try ArrayFixture.collection(in: folder.url)
        let error = #expect(throws: ArrayError.self) {
            try collection.episodes(by: ArrayFixture.settings { $0.trainingShots = 1_000 })
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("1000 shots"))
    }

    @Test("an episode depends on its id, seed and round alone, and not on what was drawn before")
    func determinism() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        let one = try collection.episodes(by: ArrayFixture.settings())
        let ids = one.ids(in: .train) + one.ids(in: .test)
        let first = try ids.map { try one.episode($0, in: EpisodeRound("meta-step 7")) }
        var configuration = ArrayFixture.settings()
        configuration.taskMemoryMiB = 0
        let other = try ArrayCollection.open(collection.manifestURL).episodes(by: configuration)
        for (id, episode) in zip(ids, first).reversed() {
            #expect(try other.episode(id, in: EpisodeRound("meta-step 7")) == episode)
        }
        // Another round, another run and another seed give others.
        let id = ids[0]
        #expect(try one.episode(id, in: EpisodeRound("meta-step 8")) != first[0])
        var seeded = ArrayFixture.settings()
        seeded.seed = 99
        #expect(
            try collection.episodes(by: seeded).episode(id, in: EpisodeRound("meta-step 7"))
                != first[0])
        // What is scored does not depend on the run's seed, but on that of few_shot.
        let test = one.ids(in: .test)[0]
        #expect(try collection.episodes(by: seeded).episode(test) == one.episode(test))
        let drawn = ArrayFixture.settings { $0.seed = 3 }
        #expect(try collection.episodes(by: drawn).episode(test) != one.episode(test))
    }

    @Test("classes, samples and their numbers are drawn evenly")
    func evenness() throws {
        let folder = try TemporaryFolder()
        let source = try ArrayFixture.collection(in: folder.url)
            .episodes(by: ArrayFixture.settings { $0.tasks = 2_000 })
        var classes: [Int: Int] = [:]
        var ways: [[Int]: Int] = [:]
        var samples: [Int: Int] = [:]
        for id in source.ids(in: .train) {
            let episode = try source.episode(id)
            for (row, way) in zip(Episode.rows(episode.support), episode.support.labels).prefix(3) {
                classes[Self.label(row), default: 0] += 1
                ways[[Self.label(row), Int(way)], default: 0] += 1
                samples[Self.sample(row), default: 0] += 1
            }
        }
        #expect(classes.count == 8 && classes.values.allSatisfy { (650...850).contains($0) })
        #expect(ways.count == 24 && ways.values.allSatisfy { (190...310).contains($0) })
        #expect(samples.count == 6 && samples.values.allSatisfy { (880...1_120).contains($0) })
    }

    @Test("quarter turns are classes of their own, of one class's samples")
    func rotations() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url) { $0.rotations = .train }
        let source = try collection.episodes(by: ArrayFixture.settings { $0.ways = 4 })
        #expect(source.knownClassNames.count == 32)
        #expect(source.knownClassNames.prefix(5) == ["0", "0@90", "0@180", "0@270", "1"])
        // Test classes are not turned: there are four.
        #expect(throws: ArrayError.self) {
            try collection.episodes(by: ArrayFixture.settings { $0.ways = 5 })
        }
        let other = try ArrayFixture.collection(in: folder.url) { $0.rotations = .all }
        let turned = try other.episodes(by: ArrayFixture.settings { $0.ways = 16 })
        #expect(try turned.episode("test/1").support.count == 32)
    }

    @Test("a turn is that of NumPy's rot90")
    func turn() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url) { $0.rotations = .all }
        let settings = ArrayFixture.settings { $0.ways = 16 }
        let source = try collection.episodes(by: settings)
        func turned(_ image: [Float], _ count: Int) -> [Float] {
            var image = image
            for _ in 0..<count {
                let old = image
                for row in 0..<4 {
                    for column in 0..<4 { image[row * 4 + column] = old[column * 4 + 3 - row] }
                }
            }
            return image
        }
        let episode = try source.episode("test/1")
        var found: Set<Int> = []
        for row in Episode.rows(episode.support) {
            // Pixels 3 to 15 of a sample as it is are their places.
            let turn = try #require(
                (0..<4).first { count in
                    (3..<16).allSatisfy {
                        (turned(row, (4 - count) % 4)[$0] * 255).rounded() == Float($0)
                    }
                })
            found.insert(turn)
        }
        #expect(found == [0, 1, 2, 3])
    }

    @Test("classes of one group are drawn together, group after group")
    func groups() throws {
        let folder = try TemporaryFolder()
        let source = try ArrayFixture.collection(in: folder.url) {
            $0.split.column = nil
            $0.split.test = .share(3)
        }
        .episodes(
            by: ArrayFixture.settings {
                $0.ways = 2
                $0.within = .group
                $0.tasks = 9
            })
        let ids = source.ids(in: .train)
        #expect(Set(ids.map(source.group(of:))).count == 3)
        for id in ids {
            let episode = try source.episode(id, in: EpisodeRound("meta-step 1"))
            let groups = Set(Episode.rows(episode.support).map { Self.label($0) % 3 })
            #expect(groups == [try #require(Int(source.group(of: id)))])
        }
    }

    @Test("classes and groups are held out by their names")
    func heldOut() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        let source = try collection.episodes(
            by: ArrayFixture.settings {
                $0.heldOut = ["1"]
                $0.validation = ["0"]
                $0.validationEpisodes = 2
            })
        // "0" and "1" are classes and the names of groups.
        let tested = try Set(
            source.ids(in: .test).flatMap { try Episode.rows(source.episode($0).support) }
                .map(Self.label))
        #expect(tested.isSubset(of: [1, 4, 7, 10]))
        #expect(source.ids(in: .validation).count == 2)
        #expect(Set(source.knownClassNames) == ["2", "5", "8", "11"])
    }

    @Test(
        "settings that do not fit are refused",
        arguments: [
            ("{ways: 9, shots: 1}", "few_shot.ways"), ("{ways: 3, shots: 4}", "few_shot"),
            ("{ways: 3, shots: 1, held_out: [nobody]}", "few_shot.held_out"),
            ("{shots: 1}", "few_shot.ways"),
            ("{ways: 5, shots: 1, queries: 2, within: group}", "few_shot.within"),
            ("{ways: 2, shots: 1, queries: 2, held_out: ['1'], validation: ['4']}", "few_shot"),
        ])
    func refused(yaml: String, place: String) throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        var configuration = TrainingConfiguration()
        configuration.fewShot = try TrainingConfiguration.FewShot(
            Document(yaml: yaml.utf8, name: "few_shot").cursor)
        let fault = #expect(throws: ArrayError.self) {
            try collection.episodes(by: configuration)
        }
        #expect(fault?.place.file == place)
        #expect(fault?.hint.isEmpty == false)
    }

    @Test("ordinary training sees every sample of the training classes once", arguments: [12, 400])
    func knownSamples(classes: Int) throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url, classes: classes)
        let source = try collection.episodes(by: ArrayFixture.settings { $0.tasks = 7 })
        let round = EpisodeRound("pre-training pass 1", variesClasses: false)
        var seen: Set<[Int]> = []
        for id in source.ids(in: .train) {
            let episode = try source.episode(id, in: round)
            for windows in [episode.support, episode.query] {
                for (place, row) in Episode.rows(windows).enumerated() {
                    let label =
                        windows.manyLabels.isEmpty
                        ? Int(windows.labels[place]) : Int(windows.manyLabels[place])
                    #expect(source.knownClassNames[label] == "\(Self.label(row))")
                    #expect(seen.insert([Self.label(row), Self.sample(row)]).inserted)
                }
            }
        }
        let training = classes * 2 / 3
        #expect(source.knownClassNames.count == training)
        #expect(seen.count == training * 6)
    }

    @Test("a model is pre-trained over more classes than an episode's labels can tell")
    func manyClasses() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url, classes: 450)
        var configuration = ArrayFixture.settings { $0.tasks = 4 }
        configuration.model = MLP(hidden: [8])
        configuration.metaEpochs = 1
        var pretrained = TrainingConfiguration.Baselines.Pretrained()
        pretrained.epochs = 1
        configuration.baselines.pretrained = pretrained
        let trainer = try Trainer(
            source: collection.episodes(by: configuration), configuration: configuration)
        let result = try trainer.train()
        #expect(result.columns.map(\.method.rawValue) == ["random", "pretrained", "meta"])
    }

    @Test("samples are read once while they fit in memory, and again when they do not")
    func memory() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url, classes: 300, samples: 20)
        let all = try #require(
            try collection.episodes(by: ArrayFixture.settings { $0.tasks = 200 }) as? ArrayEpisodes)
        for id in all.ids(in: .train) { _ = try all.episode(id) }
        // Chunks of about 16 KiB: 6,000 samples of 16 bytes.
        #expect(all.readCount == 6)
        var configuration = ArrayFixture.settings { $0.tasks = 200 }
        configuration.taskMemoryMiB = 0
        let none = try #require(try collection.episodes(by: configuration) as? ArrayEpisodes)
        for id in none.ids(in: .train) { _ = try none.episode(id) }
        #expect(none.readCount > 1_000)
    }

    @Test("training is the same for any number of threads")
    func threads() throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url)
        let parameters = try [1, 3].map { threads in
            var configuration = ArrayFixture.settings()
            configuration.model = MLP(hidden: [8])
            configuration.metaEpochs = 2
            configuration.baselines.pretrained = nil
            configuration.threads = threads
            return try Trainer(
                source: collection.episodes(by: configuration), configuration: configuration
            ).train().parameters.values
        }
        #expect(parameters[0] == parameters[1])
    }

    @Test(
        "sequences, queues and every number of ranks give the same on each rank",
        arguments: [
            "{}", "{algorithm: sequential_maml, algorithm_settings: {sequence_length: 2}}",
            "{sampling: {regime: loss_weighted, key: group}}", "{algorithm: reptile}",
        ])
    func ranks(yaml: String) throws {
        let folder = try TemporaryFolder()
        let collection = try ArrayFixture.collection(in: folder.url) {
            $0.split.column = nil
            $0.split.test = .share(3)
        }
        var configuration = try TrainingConfiguration(
            Document(yaml: yaml.utf8, name: "settings").cursor)
        configuration.fewShot =
            ArrayFixture.settings {
                $0.ways = 2
                $0.within = .group
            }.fewShot
        configuration.model = MLP(hidden: [8])
        configuration.metaEpochs = 2
        configuration.baselines.pretrained = nil
        let (settings, url) = (configuration, collection.manifestURL)
        let results = [1, 3].map { size in
            ThreadRanks.run(size) { ranks in
                try Trainer(
                    source: ArrayCollection.open(url).episodes(by: settings),
                    configuration: settings, ranks: ranks
                ).train()
            }
        }
        let alone = try results[0][0].get()
        for result in results[1] {
            let other = try result.get()
            #expect(other.lastParameters.values == alone.lastParameters.values)
            #expect(other.columns.map(\.meanAccuracy) == alone.columns.map(\.meanAccuracy))
        }
    }
}
