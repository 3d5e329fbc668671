import Documents
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("A prior over people, sessions, repetitions and windows")
struct HierarchicalPriorTests {
    private static let (classCount, channels, width) = (2, 3, 9)

    private static func golden() throws -> DocumentObject {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/MetaLearningTests/Golden/hierarchical_prior.json")
        return try Document(contentsOf: file).cursor.object()
    }

    private static func numbers(_ cursor: DocumentCursor) throws -> [Double] {
        try cursor.array().map { try $0.number() }
    }

    private static func repetitions(_ cursor: DocumentCursor) throws -> [Repetition] {
        try cursor.array().map { item in
            let object = try item.object()
            return Repetition(
                label: try object.required("label").integer(in: 0...1),
                rows: try numbers(object.required("rows")), width: width)
        }
    }

    private static func people() throws -> [[[Repetition]]] {
        try golden().required("people").array().map { try $0.array().map(repetitions) }
    }

    private static var turns: FeatureTurns {
        .band(channels: channels, electrodeBlocks: 2, gapBlocks: 1)
    }

    private static func prior(personWindows: Double = 300) throws -> HierarchicalPrior {
        var settings = HierarchicalPrior.Settings()
        settings.personWindows = personWindows
        return try .fit(
            people(), classCount: classCount, turns: turns, aligned: channels, settings: settings)
    }

    private func isSame(_ found: [Double], _ expected: [Double]) -> Bool {
        found.count == expected.count
            && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
    }

    @Test("mean and spread are those of NumPy")
    func estimates() throws {
        let (prior, golden) = (try Self.prior(), try Self.golden())
        #expect(isSame(prior.mean, try Self.numbers(golden.required("mean"))))
        #expect(isSame(prior.spread, try Self.numbers(golden.required("spread"))))
    }

    @Test(
        "turns, probabilities, own noise, earlier sessions and updates are those of NumPy",
        arguments: 0..<5)
    func cases(number: Int) throws {
        let golden = try Self.golden()
        let expected = try golden.required("cases").array()[number].object()
        let prior = try Self.prior(
            personWindows: expected.required("person_windows").number())
        let query = try Self.numbers(golden.required("query"))
        let earlier = try Self.people()[2][0]
        var classifier = prior.adapted(
            to: try Self.repetitions(expected.required("support")),
            knowing: try expected.required("knows_earlier").boolean()
                ? prior.knowledge(from: earlier) : nil)
        func check(_ found: [[Double]], _ key: String) throws {
            let rows = try expected.required(key).array().map(Self.numbers)
            #expect(found.count == rows.count)
            for (found, right) in zip(found, rows) {
                #expect(isSame(found, right), "\(key): \(found), not \(right)")
            }
        }
        #expect(
            isSame(classifier.turnProbabilities, try Self.numbers(expected.required("turns"))))
        try check(classifier.probabilities(of: query), "probabilities")
        classifier.temperature = 1.7
        try check(classifier.probabilities(of: query), "tempered")
        var learning = classifier
        let stream = try Self.numbers(golden.required("stream"))
        let softly = stride(from: 0, to: stream.count, by: Self.width).enumerated().map {
            number, first in
            let row = Array(stream[first..<first + Self.width])
            let decided = learning.probabilities(of: row)[0]
            if number.isMultiple(of: 2) { learning.update(row, classes: decided, share: 0.2) }
            return decided
        }
        try check(softly, "softly")
        var unlabeled = UnlabeledLearning()
        (unlabeled.share, unlabeled.interval, unlabeled.renewal) = (0.2, 2, 2)
        try check(
            classifier.probabilities(of: stream, learningBy: unlabeled), "unlabeled")
        classifier.temperature = 1
        classifier.update(Array(query.prefix(Self.width)), label: 0, share: 0.1)
        try check(classifier.probabilities(of: query), "updated")
    }

    @Test("a classifier of what another one knows decides as that one, to the last bit")
    func state() throws {
        let prior = try Self.prior(personWindows: 20)
        let query = try Self.numbers(Self.golden().required("query"))
        var classifiers = [prior.adapted(to: []), prior.adapted(to: try Self.people()[1][0])]
        var learned = prior.adapted(to: try Self.people()[1][0].filter { $0.label == 1 })
        learned.update(Array(query.prefix(Self.width)), label: 0, share: 0.1)
        classifiers.append(learned)
        for classifier in classifiers {
            let other = prior.classifier(of: classifier.state)
            #expect(other.probabilities(of: query) == classifier.probabilities(of: query))
            #expect(other.state == classifier.state)
            var (one, two) = (classifier, other)
            one.update(Array(query.prefix(Self.width)), label: 1, share: 0.5)
            two.update(Array(query.prefix(Self.width)), label: 1, share: 0.5)
            #expect(one.probabilities(of: query) == two.probabilities(of: query))
        }
        let same = HierarchicalPrior(
            turns: prior.turns, settings: prior.settings, mean: prior.mean, spread: prior.spread,
            session: prior.session, windowNoise: prior.windowNoise,
            repetitionNoise: prior.repetitionNoise)
        #expect(
            same.adapted(to: try Self.people()[1][0]).probabilities(of: query)
                == classifiers[1].probabilities(of: query))
    }

    @Test("what is learned from later windows changes no decision about earlier ones")
    func causal() throws {
        let prior = try Self.prior()
        let support = try Self.people()[1][0].filter { $0.label == 1 }
        let stream = try Self.numbers(Self.golden().required("stream"))
        var learning = UnlabeledLearning()
        (learning.interval, learning.renewal) = (1, 1)
        func decided(_ count: Int) -> [[Double]] {
            prior.adapted(to: support).probabilities(
                of: Array(stream.prefix(count * Self.width)), learningBy: learning)
        }
        let all = decided(12)
        for count in [1, 2, 5, 11] { #expect(decided(count) == Array(all.prefix(count))) }
        // It does learn: later windows are decided about otherwise than without.
        let still = prior.adapted(to: support).probabilities(of: stream)
        #expect(all[0] == still[0] && all[11] != still[11])
    }

    @Test("windows that scatter twice as far as those of others are four times as unsteady")
    func unsteadiness() throws {
        let prior = try Self.prior()
        let held = try Self.people()[1][0].filter { $0.label == 0 }
        let classifier = prior.adapted(to: held)
        func scattered(_ factor: Double) -> Double {
            classifier.unsteadiness(
                of: held.map { repetition in
                    let mean = repetition.mean
                    return Repetition(
                        label: 0,
                        rows: repetition.rows.enumerated().map {
                            let center = mean[$0.offset % Self.width]
                            return center + factor * ($0.element - center)
                        }, width: Self.width)
                })
        }
        #expect(scattered(0) < 1e-20)
        #expect(abs(scattered(2) / scattered(1) - 4) < 1e-9)
        #expect((0.2..<3).contains(scattered(1)))
        #expect(classifier.unsteadiness(of: []) == 0)
    }

    @Test("a turned or mirrored person is decided about as before", arguments: 0..<6)
    func turned(turn: Int) throws {
        let prior = try Self.prior()
        let support = try Self.people()[1][0]
        let query = try Self.numbers(Self.golden().required("query"))
        let turned = support.map {
            Repetition(
                label: $0.label, rows: Self.turns.turned($0.rows, by: turn), width: Self.width)
        }
        let plain = prior.adapted(to: support).probabilities(of: query)
        let other = prior.adapted(to: turned).probabilities(
            of: Self.turns.turned(query, by: turn))
        for (one, two) in zip(plain, other) { #expect(isSame(one, two)) }
    }

    @Test("without any support all turns are as likely, and nothing is thrown")
    func unknown() throws {
        let classifier = try Self.prior().adapted(to: [])
        #expect(isSame(classifier.turnProbabilities, Array(repeating: 1.0 / 6, count: 6)))
        let rows = classifier.probabilities(of: Array(repeating: 0.1, count: 2 * Self.width))
        #expect(rows.count == 2 && rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    }

    @Test("what is expected beforehand is what happens to people drawn from the posterior")
    func expectation() throws {
        // Classes far apart are told apart always, equal ones half of the time.
        func expected(_ distance: Double) throws -> Double {
            var generator = SeededGenerator(seed: 3)
            func person() -> [[Repetition]] {
                [
                    (0..<2).flatMap { label in
                        (0..<3).map { _ in
                            Repetition(
                                label: label,
                                rows: (0..<4 * Self.width).map { _ in
                                    (label == 1 ? distance : 0) + 0.3 * generator.nearlyNormal()
                                }, width: Self.width)
                        }
                    }
                ]
            }
            let prior = try HierarchicalPrior.fit(
                (0..<6).map { _ in person() }, classCount: 2, turns: .none,
                aligned: Self.channels)
            return prior.adapted(to: person()[0]).expectedAccuracy(draws: 200)
        }
        #expect(try expected(8) > 0.999)
        #expect(abs(try expected(0) - 0.5) < 0.15)
        #expect(try expected(8) == expected(8))
    }

    @Test("fewer than two people with all classes are refused")
    func tooFew() throws {
        let people = try Self.people()
        #expect(throws: MetaLearningError.self) {
            try HierarchicalPrior.fit(
                [people[0], [people[1][0].filter { $0.label == 0 }]], classCount: 2,
                turns: Self.turns, aligned: 3)
        }
    }

    @Test("new classes are told apart by what was shown of them, whatever their place")
    func newClasses() throws {
        let prior = NewClassPrior.fit(
            try Self.people().map { $0[0] }, classCount: 2, turns: Self.turns)
        let far = (0..<3).map { label in
            Repetition(
                label: label, rows: (0..<Self.width).map { $0 % 3 == label ? 5 : 0 },
                width: Self.width)
        }
        let classifier = prior.adapted(to: far, classCount: 3)
        let decided = classifier.probabilities(of: far.flatMap(\.rows))
        for label in 0..<3 { #expect(decided[label][label] > 0.9) }
    }
}
