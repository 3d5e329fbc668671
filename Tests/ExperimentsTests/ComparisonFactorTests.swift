import Experiments
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Seeds, folds, tasks and people of a comparison")
struct ComparisonFactorTests {
    /// The accuracy of a method on a task of a person with a seed: people differ much, seeds
    /// little.
    private static func accuracy(_ method: String, person: Int, task: Int, seed: Int) -> Double {
        let base = 0.5 + 0.07 * Double(person) + 0.01 * Double(task)
        switch method {
        case "meta": return base + 0.002 * Double((seed * (person + 2)) % 5)
        case "pretrained": return base - 0.05 + 0.001 * Double(seed * seed % 10)
        default: return base - 0.02
        }
    }

    private static let methods = ["pretrained", "lda", "meta"]

    /// A fold for each of 6 people, who have 1 to 3 tasks, at each of some seeds.
    private func write(seeds: [Int], in folder: URL, leavingOut: Set<String> = []) throws {
        for seed in seeds {
            for person in 1...6 where !leavingOut.contains("\(seed)-\(person)") {
                try WrittenRun(
                    name: "fold-\(person)-seed-\(seed)", seed: seed,
                    collection: "test-p\(person)", methods: Self.methods,
                    tasks: (0...person % 3).map { task in
                        (
                            "p\(person)/s1/\(task)",
                            Self.methods.map {
                                Self.accuracy($0, person: person, task: task, seed: seed)
                            }
                        )
                    }, losses: [1 + 0.1 * Double(person) + 0.5 * Double(seed), 1]
                ).write(in: folder)
            }
        }
    }

    /// The mean over people of their means over tasks, written out again.
    private func mean(_ method: String, seed: Int) -> Double {
        (1...6).map { person -> Double in
            let own = (0...person % 3).map {
                Self.accuracy(method, person: person, task: $0, seed: seed)
            }
            return own.reduce(0, +) / Double(own.count)
        }.reduce(0, +) / 6
    }

    private func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        return (square / Double(values.count - 1)).squareRoot()
    }

    @Test("the deviation of seeds is that of the means over folds, and LDA has none")
    func foldsAndSeeds() throws {
        let folder = try TemporaryFolder()
        try write(seeds: [1, 2, 3], in: folder.url)
        let comparison = RunComparison(
            try RunRecord.runs(in: [folder.url]), metrics: [.accuracy])
        try #require(comparison.groups.count == 1)
        #expect(comparison.groups[0].foldCount == 6)
        #expect(comparison.groups[0].seeds == ["1", "2", "3"])
        for level in comparison.levels {
            let method = level.arm.method.rawValue
            let seeds = [1, 2, 3].map { mean(method, seed: $0) }
            #expect(abs(level.mean - seeds.reduce(0, +) / 3) < 1e-12)
            #expect(level.peopleCount == 6 && level.taskCount == 12 && level.foldCount == 6)
            if method == "lda" {
                #expect(level.seedDeviation == nil && level.seedCount == nil)
            } else {
                let expected = deviation(seeds)
                let found = try #require(level.seedDeviation)
                #expect(abs(found - expected) < 1e-12)
                // The spread of all 18 runs is tens of times as large.
                #expect(found < 0.01)
            }
        }
        let meta = try #require(comparison.differences.first { $0.other.method == .lda })
        #expect(meta.peopleCount == 6 && meta.wins == 6)
        let rows = comparison.rows(of: .accuracy)
        #expect(rows[0].suffix(3) == ["folds", "seeds", "SD of seeds"])
        #expect(rows.first { $0[0] == "LDA" }?.suffix(3) == ["6", "–", "–"])
        #expect(comparison.explanation.hasPrefix("Seeds 1, 2, 3; 6 folds. "))
    }

    @Test("with one seed there is no deviation, however many folds there are")
    func oneSeed() throws {
        let folder = try TemporaryFolder()
        try write(seeds: [45], in: folder.url)
        let report = try Report.read([folder.url])
        #expect(report.comparison.levels.allSatisfy { $0.seedDeviation == nil })
        #expect(!report.comparison.rows(of: .accuracy)[0].contains("SD of seeds"))
        let page = report.html
        #expect(page.contains("Seed 45; 6 folds") && !page.contains("45, 45"))
        #expect(page.contains("Lines are means over folds."))
        #expect(!page.contains("means over seeds"))
    }

    @Test("a seed that lacks folds counts for tasks, not for the deviation of seeds")
    func incomplete() throws {
        let folder = try TemporaryFolder()
        try write(seeds: [1, 2, 3], in: folder.url, leavingOut: ["2-4"])
        let comparison = RunComparison(
            try RunRecord.runs(in: [folder.url]), metrics: [.accuracy])
        let meta = try #require(comparison.levels.first { $0.arm.method == .meta })
        let found = try #require(meta.seedDeviation)
        #expect(abs(found - deviation([1, 3].map { mean("meta", seed: $0) })) < 1e-12)
        #expect(meta.taskCount == 12)
    }

    @Test("learning curves are means of seeds, each of them the mean of its folds")
    func curves() throws {
        let folder = try TemporaryFolder()
        try write(seeds: [1, 2, 3], in: folder.url, leavingOut: ["3-1", "3-2"])
        let page = try Report.read([folder.url]).html
        // Means over folds: 1.85, 2.35 and, without the first two, 2.95; not the mean of 16 runs.
        #expect(page.contains("<td class=\"n\">2.383</td>"), "mean of seeds")
        #expect(page.contains("Lines are means over seeds, each of them over its folds"))
    }

    @Test("the collections of a design by person are folds although their data differ")
    func byPatient() throws {
        let folder = try TemporaryFolder()
        var points: [(folder: String, values: [String])] = []
        for person in 1...4 {
            for seed in 1...2 {
                let run = WrittenRun(
                    name: "r-\(person)-\(seed)", seed: seed, collection: "cross-session-p\(person)",
                    tensors: "of p\(person)",
                    tasks: [("p\(person)/s2/a", [0.6 + 0.05 * Double(person)])])
                try run.write(in: folder.url)
                points.append((run.name, [run.collection, "\(seed)"]))
            }
        }
        try WrittenRun.writeSweep(["collection", "train.seed"], points, in: folder.url)
        let groups = RunGroup.groups(try RunRecord.runs(in: [folder.url]))
        #expect(groups.count == 1 && groups.first?.foldCount == 4)
    }

    @Test("the table of a sweep puts seeds and folds together in the same way")
    func sweepTable() throws {
        let folder = try TemporaryFolder()
        try write(seeds: [1, 2, 3], in: folder.url)
        let points = (1...3).flatMap { seed in
            (1...6).map {
                (folder: "fold-\($0)-seed-\(seed)", values: ["test-p\($0)", "\(seed)"])
            }
        }
        try WrittenRun.writeSweep(["collection", "train.seed"], points, in: folder.url)
        let table = try SweepTable.read(SweepList.read(in: folder.url), in: [folder.url])
        let last = try #require(table.markdown.split(separator: "\n").last)
        let meta = [1, 2, 3].map { mean("meta", seed: $0) }
        let text = String(
            format: "%.3f ± %.4f", meta.reduce(0, +) / 3, deviation(meta))
        #expect(last.hasSuffix("| \(text) |"), "\(last)")
        #expect(last.contains("| 1, 2, 3 | 6 |"))
    }
}
