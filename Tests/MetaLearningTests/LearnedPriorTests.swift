import Documents
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("A learned prior over people")
struct LearnedPriorTests {
    private struct Golden {
        let members: DocumentObject

        init() throws {
            let file = SharedMaterial.packageFolder.appending(
                path: "Tests/MetaLearningTests/Golden/learned_prior.json")
            members = try Document(contentsOf: file).cursor.object()
        }

        func numbers(_ key: String) throws -> [Double] { try Self.numbers(members.required(key)) }

        static func numbers(_ cursor: DocumentCursor) throws -> [Double] {
            try cursor.array().map { try $0.number() }
        }

        /// The training people, each on one occasion.
        func people() throws -> [[ClassRows]] {
            try members.required("people").array().map { person in
                var rows = ClassRows(width: 4)
                for (label, values) in try person.array().enumerated() {
                    Self.append(try Self.numbers(values), label: label, to: &rows)
                }
                return [rows]
            }
        }

        func support() throws -> ClassRows {
            var rows = ClassRows(width: 4)
            let shown = try members.required("support").object()
            for label in [0, 2] {
                Self.append(
                    try Self.numbers(shown.required("\(label)")), label: label, to: &rows)
            }
            return rows
        }

        private static func append(_ values: [Double], label: Int, to rows: inout ClassRows) {
            for first in stride(from: 0, to: values.count, by: 4) {
                rows.append(values[first..<first + 4], label: label)
            }
        }
    }

    /// Both sides invert matrices of condition 1e3 or less in double precision, in other orders.
    private static let tolerance = 1e-9

    private func expectSame(_ found: [Double], _ expected: [Double], _ what: String) {
        #expect(found.count == expected.count, "\(what)")
        #expect(relativeDistance(found, expected) < Self.tolerance, "\(what)")
    }

    @Test("mean, spread and noise of people are those of NumPy")
    func fit() throws {
        let golden = try Golden()
        let prior = try LearnedPrior.fit(try golden.people(), classCount: 3)
        expectSame(prior.mean, try golden.numbers("mean"), "mean")
        expectSame(prior.spread, try golden.numbers("spread"), "spread")
        expectSame(prior.noise(of: 1), try golden.numbers("noise"), "noise")
    }

    @Test("the posterior is that of the information form, of classes that were not shown too")
    func posterior() throws {
        let golden = try Golden()
        let prior = try prior(mixing: false)
        let posteriors = try golden.members.required("posteriors").array()
        #expect(posteriors.count == 4)
        for (turn, expected) in posteriors.enumerated() {
            let found = prior.posterior(of: try golden.support(), turn: turn)
            let object = try expected.object()
            expectSame(found.mean, try Golden.numbers(object.required("mean")), "mean \(turn)")
            expectSame(
                found.covariance, try Golden.numbers(object.required("covariance")), "\(turn)")
            let evidence = try object.required("log_evidence").number()
            #expect(abs(found.logEvidence - evidence) < 1e-8)
        }
    }

    /// A prior of the golden people as they lie, whose new person may be turned.
    private func prior(mixing: Bool) throws -> LearnedPrior {
        var settings = LearnedPrior.Settings()
        settings.mixesTurns = mixing
        settings.alignsPeople = false
        return try LearnedPrior.fit(
            try Golden().people(), classCount: 3, turns: .ring(channels: 4), settings: settings)
    }

    @Test(
        "probabilities are those of normal densities, of the likeliest turn or of all",
        arguments: [(false, "likeliest"), (true, "mixture")])
    func probabilities(mixing: Bool, key: String) throws {
        let golden = try Golden()
        let classifier = try prior(mixing: mixing).adapted(to: try golden.support())
        expectSame(
            classifier.turnProbabilities, try golden.numbers("turn_probabilities"), "turns")
        let queries = try golden.numbers("queries")
        let expected = try golden.members.required(key).array().map { try Golden.numbers($0) }
        var classes: [UInt8] = []
        for (row, probabilities) in expected.enumerated() {
            let found = classifier.probabilities(of: Array(queries[row * 4..<row * 4 + 4]))
            expectSame(found, probabilities, "window \(row)")
            #expect(abs(found.reduce(0, +) - 1) < 1e-12)
            classes.append(UInt8(try #require(found.indices.max { found[$0] < found[$1] })))
        }
        #expect(classifier.predictions(queries) == classes)
    }

    /// People whose classes lie apart on a ring of channels, each turned at random.
    private static func turnedPeople(
        _ count: Int, seed: UInt64, channels: Int = 6, perPerson: Int = 8
    ) -> [ClassRows] {
        var generator = SeededGenerator(seed: seed, stream: "people")
        return (0..<count).map { _ in
            let turn = generator.integer(below: channels)
            let turns = FeatureTurns.ring(channels: channels)
            var rows = ClassRows(width: channels)
            for label in 0..<3 {
                let own = 0.2 * generator.nearlyNormal()
                for _ in 0..<perPerson {
                    let row = (0..<channels).map { channel in
                        (channel == label ? 2 : 0) + (channel == 0 ? 1 : 0) + own
                            + 0.1 * generator.nearlyNormal()
                    }
                    rows.append(turns.turned(row, by: turn), label: label)
                }
            }
            return rows
        }
    }

    @Test("a band that is turned at random costs nothing once the turn is latent")
    func turns() throws {
        let people = Self.turnedPeople(20, seed: 3)
        let prior = try LearnedPrior.fit(
            people.prefix(12).map { [$0] }, classCount: 3, turns: .ring(channels: 6))
        var (right, count) = (0, 0)
        for person in people.suffix(8) {
            var support = ClassRows(width: 6)
            for (label, rows) in person.rows { support.append(rows.prefix(6), label: label) }
            for (label, rows) in person.rows {
                let query = Array(rows.dropFirst(6))
                right += prior.adapted(to: support).predictions(query).count { $0 == label }
                count += query.count / 6
            }
        }
        #expect(right == count)
    }

    @Test("one shown class says what the others look like")
    func oneClass() throws {
        let people = Self.turnedPeople(30, seed: 5)
        let prior = try LearnedPrior.fit(
            people.prefix(20).map { [$0] }, classCount: 3, turns: .ring(channels: 6))
        for person in people.suffix(10) {
            var support = ClassRows(width: 6)
            support.append(try #require(person.rows[0]).prefix(6), label: 0)
            let classifier = prior.adapted(to: support)
            for (label, rows) in person.rows {
                #expect(classifier.predictions(rows).allSatisfy { $0 == label })
            }
        }
    }

    @Test("more windows bring the posterior to their mean and make it surer")
    func convergence() throws {
        let people = Self.turnedPeople(12, seed: 7)
        var settings = LearnedPrior.Settings()
        settings.heldNoise = 0
        let prior = try LearnedPrior.fit(
            people.map { [$0] }, classCount: 3, settings: settings)
        let goal = [3.0, -2, 1, 0.5, 4, -1]
        var last = Double.infinity
        for count in [1, 10, 1000, 100_000] {
            var support = ClassRows(width: 6)
            for _ in 0..<count { support.append(goal, label: 1) }
            let posterior = prior.posterior(of: support)
            let variance = (6..<12).reduce(0) { $0 + posterior.covariance[$1 * 18 + $1] }
            #expect(variance < last)
            last = variance
            if count == 100_000 {
                #expect(zip(posterior.mean[6..<12], goal).allSatisfy { abs($0 - $1) < 1e-3 })
            }
        }
    }

    @Test("the shrinkage under which people left out are likeliest is near what made them")
    func shrinkage() throws {
        // Independent class means need the diagonal alone; a common shift needs the covariance.
        func people(common: Double, seed: UInt64) -> [[ClassRows]] {
            var generator = SeededGenerator(seed: seed, stream: "people")
            return (0..<40).map { _ in
                let shift = common * generator.nearlyNormal()
                var rows = ClassRows(width: 3)
                for label in 0..<4 {
                    let mean = (0..<3).map { _ in shift + generator.nearlyNormal() }
                    for _ in 0..<4 {
                        rows.append(mean.map { $0 + 0.1 * generator.nearlyNormal() }, label: label)
                    }
                }
                return [rows]
            }
        }
        var settings = LearnedPrior.Settings()
        settings.shrinkage = nil
        let apart = try LearnedPrior.fit(
            people(common: 0, seed: 1), classCount: 4, settings: settings)
        let together = try LearnedPrior.fit(
            people(common: 5, seed: 1), classCount: 4, settings: settings)
        #expect(apart.shrinkage >= 0.5)
        #expect(together.shrinkage <= 0.2)
    }

    @Test("fewer than two people with all classes are refused", arguments: [0, 1])
    func tooFew(count: Int) {
        let people = Self.turnedPeople(count, seed: 1).map { [$0] }
        var partial = ClassRows(width: 6)
        partial.append([1, 2, 3, 4, 5, 6], label: 0)
        #expect(throws: MetaLearningError.self) {
            try LearnedPrior.fit(people + [[partial]], classCount: 3)
        }
    }
}
