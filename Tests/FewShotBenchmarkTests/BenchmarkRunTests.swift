import Documents
import EMGArchive
import EMGSignal
import FewShotBenchmark
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Runs of a benchmark")
struct BenchmarkRunTests {
    private static let fast = "methods: [prior, lda, nearest_mean, knn, others, pooled]\n"

    /// A score without how long it took.
    private static func timeless(_ scores: [ProblemScore]) -> [String] {
        scores.map {
            "\($0.method) \($0.setting) \($0.person) \($0.seed) \($0.shown) \($0.right) \($0.loss)"
        }
    }

    @Test("scores do not depend on threads, nor on which other methods run")
    func threads() throws {
        let laboratory = try BandLaboratory()
        let yaml = Self.fast + "turned: true\nfolds: 3\nseeds: [1, 2]\n"
        let one = try laboratory.run(yaml, threads: 1)
        #expect(Self.timeless(one.scores) == Self.timeless(try laboratory.run(yaml).scores))
        let alone = try laboratory.run(
            "methods: [knn]\nturned: true\nfolds: 3\nseeds: [1, 2]\n")
        #expect(
            Self.timeless(alone.scores)
                == Self.timeless(one.scores.filter { $0.method == "knn" }))
    }

    @Test("every person is decided about by every method, once for each draw and combination")
    func complete() throws {
        let laboratory = try BandLaboratory()
        let run = try laboratory.run(
            Self.fast + "supports: [{windows: 1}, {windows: 2, shown: 1}]\n")
        // Nothing is drawn: one seed. One problem with all classes, three with a single one.
        #expect(run.scores.count == 6 * 6 * (1 + 3))
        #expect(run.failures.isEmpty)
        let turned = try laboratory.run(Self.fast + "turned: true\nseeds: [4, 5, 6]\n")
        #expect(turned.scores.count == 6 * 6 * 3)
    }

    @Test("methods learn from everybody but the person who is decided about")
    func isHonest() throws {
        var settings = try BandLaboratory.settings("")
        settings.methods = [WatchedMethod()]
        let laboratory = try BandLaboratory()
        let people = try BenchmarkPeople.read(laboratory.archive, for: settings)
        let run = BenchmarkRun(settings, on: people, threads: 1)
        let seen = WatchedMethod.seen.withLock { $0 }
        let everybody = Set((1...6).map { "p\($0)" })
        #expect(seen.count == 6 && run.scores.count == 6)
        for (names, score) in zip(seen, run.scores) {
            #expect(everybody.subtracting(names) == [score.person])
        }
        // It decides nothing: that is flagged, counts as wrong, and ends nothing.
        #expect(run.scores.allSatisfy { $0.isBroken && $0.right == 0 && $0.count > 0 })
        #expect(Leaderboard(run).cells[0].brokenCount == 6)
    }

    @Test("a turned band costs a method nothing that turns itself")
    func turned() throws {
        let laboratory = try BandLaboratory()
        let worn = try laboratory.run("methods: [prior]\n").scores
        let turned = try laboratory.run("methods: [prior]\nturned: true\nseeds: [3]\n").scores
        #expect(worn.map(\.right) == turned.map(\.right))
    }

    @Test(
        "earlier recordings are used by the methods that say so, and without any these do not run")
    func earlier() throws {
        let laboratory = try BandLaboratory(sessions: ["before", "after", "later"])
        let sessions = "sessions: {earlier: [before], support: [after], query: [later]}\n"
        let run = try laboratory.run("methods: [own_earlier, lda]\n" + sessions)
        #expect(Set(run.scores.map(\.method)) == ["own_earlier", "lda"])
        let without = try laboratory.run(
            "methods: [own_earlier, lda]\nsessions: {support: [after], query: [later]}\n")
        #expect(Set(without.scores.map(\.method)) == ["lda"])
    }

    @Test("new classes are in no training person, and methods without use for them say nothing")
    func newClasses() throws {
        let laboratory = try BandLaboratory()
        let run = try laboratory.run(
            "methods: [nearest_mean, others]\nnew_classes: 2\nfolds: 2\nseeds: [1]\n")
        #expect(Set(run.scores.map(\.method)) == ["nearest_mean"])
        #expect(run.scores.allSatisfy { $0.shown == [0, 1] })
    }

    @Test(
        "episodes of drawn ways are decided about by what needs no class's number, networks among them"
    )
    func ways() throws {
        let laboratory = try BandLaboratory()
        let networks = [
            "maml", "first_order_maml", "reptile", "implicit_maml", "unicorn_maml", "proto_maml",
            "prototypes", "ridge", "posterior",
        ].map { "{\($0): {meta_epochs: 30, hidden: [8]}}" }.joined(separator: ", ")
        let run = try laboratory.run(
            "ways: 2\nproblems: 3\nfolds: 2\nseeds: [1]\nring: false\nmethods: [prior, nearest_mean, "
                + "others, {new_head: {epochs: 2, hidden: [8]}}, \(networks)]\n")
        #expect(run.failures.isEmpty, "\(run.failures)")
        let methods = Set(run.scores.map(\.method))
        #expect(methods.count == 12 && !methods.contains("others"))
        // Six people with three problems each, of two classes under new numbers.
        for method in methods {
            let own = run.scores.filter { $0.method == method }
            #expect(own.count == 18 && own.allSatisfy { $0.shown == [0, 1] && !$0.isBroken })
            let mean = own.map(\.accuracy).reduce(0, +) / 18
            #expect(mean > 0.7, "\(method) \(mean)")
        }
        // A person's problems do not depend on who else runs, and differ by the seed.
        let yaml = "ways: 2\nproblems: 3\nfolds: 2\nring: false\nmethods: [nearest_mean]\n"
        let again = try laboratory.run(yaml + "seeds: [1]\n").scores
        let first = run.scores.filter { $0.method == "nearest_mean" }
        #expect(Self.timeless(again) == Self.timeless(first))
        let other = try laboratory.run(yaml + "seeds: [2]\n").scores
        #expect(other.map(\.loss) != again.map(\.loss))
    }

    @Test(
        "of held-out classes all are in every episode, others fill it up, and too few are refused")
    func newWays() throws {
        let laboratory = try BandLaboratory()
        let yaml = "ways: 2\nheld_out: [close]\nmethods: [nearest_mean]\nproblems: 4\nfolds: 2\n"
        let run = try laboratory.run(yaml + "seeds: [1]\n")
        #expect(run.scores.count == 24 && run.failures.isEmpty)
        let many = try BandLaboratory.settings("ways: 3\nheld_out: [close]\n")
        let error = #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(laboratory.archive, for: many)
        }
        #expect(error?.description.contains("fewer ways") == true)
    }

    @Test("held-out classes are those that are named, and then nothing is drawn")
    func heldOut() throws {
        let laboratory = try BandLaboratory()
        let run = try laboratory.run(
            "methods: [nearest_mean]\nheld_out: [rest, close]\nfolds: 2\n")
        #expect(run.scores.count == 6 && Set(run.scores.map(\.seed)).count == 1)
        // Of three classes with three holds each, two are decided about, after their first hold.
        let all = try laboratory.run("methods: [nearest_mean]\nfolds: 2\n")
        #expect(run.scores.allSatisfy { $0.shown == [0, 1] })
        #expect(run.scores.map(\.count).max() ?? 0 < all.scores.map(\.count).min() ?? 0)
        #expect(
            Leaderboard(run).notes.contains("held out: nobody in training has shown rest, close"))
        let unknown = try BandLaboratory.settings("held_out: [rest, pinch]\n")
        let error = #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(laboratory.archive, for: unknown)
        }
        #expect(error?.description.contains("pinch") == true)
        let nobody = try BandLaboratory.settings("held_out: [rest, close, open]\n")
        #expect(throws: BenchmarkError.self) {
            try BenchmarkPeople.read(laboratory.archive, for: nobody)
        }
    }

    @Test(
        "a prior that goes on learning decides about the same windows, and says whether it learns")
    func updates() throws {
        let laboratory = try BandLaboratory()
        let run = try laboratory.run(
            "methods: [prior, {prior_updates: {interval: 1, share: 0.5}}]\n"
                + "supports: [{windows: 1, shown: 1}]\n")
        let plain = run.scores.filter { $0.method == "prior" }
        let learning = run.scores.filter { $0.method == "prior_updates" }
        #expect(plain.map(\.count) == learning.map(\.count) && !plain.isEmpty)
        #expect(plain.map(\.shown) == learning.map(\.shown))
        let chosen = run.choices.filter {
            $0.method == "prior_updates" && $0.choice.name == "goes on learning"
        }
        #expect(chosen.reduce(0) { $0 + $1.folds } == 6)
        // Where it did not help anybody in training it is the prior.
        #expect(chosen.allSatisfy { ["yes", "no"].contains($0.choice.value) })
        let expected = learning.compactMap(\.expected)
        #expect(expected.count == learning.count && expected.allSatisfy { (0...1).contains($0) })
    }

    @Test("repetitions of all conditions follow each other in their order")
    func order() throws {
        // A recording for each repetition of a class: the names of conditions come first in an archive.
        let settings = try BandLaboratory.settings("")
        let laboratory = try BandLaboratory()
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        let samples = BandLaboratory.samples
        for entry in try laboratory.archive.recordings() {
            let whole = try laboratory.archive.read(entry)
            for run in 0..<BandLaboratory.holds {
                for (label, name) in BandLaboratory.classes.enumerated() {
                    let first = (run * BandLaboratory.classes.count + label) * samples
                    try archive.write(
                        Recording(
                            RecordingDescription(
                                identity: RecordingIdentity(
                                    patient: whole.identity.patient,
                                    session: whole.identity.session, condition: name,
                                    run: "\(run)"),
                                channels: whole.channels, samplingRate: whole.samplingRate,
                                source: whole.source),
                            samples: whole.samples.slice(SampleRange(first..<first + samples)),
                            labels: LabelTrack(
                                classNames: BandLaboratory.classes,
                                values: [UInt8](repeating: UInt8(label), count: samples))))
                }
            }
        }
        var watching = settings
        watching.methods = [OrderMethod()]
        for archive in [archive, laboratory.archive] {
            OrderMethod.seen.withLock { $0 = [] }
            _ = BenchmarkRun(
                watching, on: try BenchmarkPeople.read(archive, for: watching), threads: 1)
            #expect(OrderMethod.seen.withLock { $0 } == [0, 1, 2, 0, 1, 2])
        }
    }
}

/// A method that keeps the order of classes that it decides about.
private struct OrderMethod: AdaptationMethod {
    static let key = "order"
    static let documentation = "Keeps the order of classes."
    static let fields: Fields<Self> = []
    static let seen = Mutex<[Int]>([])

    func learn(from people: TrainingPeople, seed: UInt64) -> any LearnedMethod { Learned() }

    private struct Learned: LearnedMethod {
        func adapted(to person: NewPerson) -> (any PersonDecoder)? { Decoder() }
    }

    private struct Decoder: PersonDecoder {
        func probabilities(of windows: PersonWindows) -> [[Double]] {
            var order: [Int] = []
            for label in windows.labels where order.last != label { order.append(label) }
            OrderMethod.seen.withLock { $0 = order }
            return windows.labels.map { _ in [1, 0, 0] }
        }
    }
}

/// A method that keeps whom it has learned from, and decides nothing.
private struct WatchedMethod: AdaptationMethod {
    static let key = "watched"
    static let documentation = "Keeps whom it has learned from."
    static let fields: Fields<Self> = []
    static let seen = Mutex<[Set<String>]>([])

    func learn(from people: TrainingPeople, seed: UInt64) -> any LearnedMethod {
        Self.seen.withLock { $0.append(Set(people.people.map(\.name))) }
        return Nothing()
    }

    private struct Nothing: LearnedMethod {
        func adapted(to person: NewPerson) -> (any PersonDecoder)? { Nobody() }
    }

    private struct Nobody: PersonDecoder {
        func probabilities(of windows: PersonWindows) -> [[Double]] {
            windows.labels.map { _ in [.nan, .nan, .nan] }
        }
    }
}
