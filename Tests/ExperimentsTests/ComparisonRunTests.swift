import Documents
import Experiments
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Comparison of runs")
struct ComparisonRunTests {
    /// Writes a run's folder by hand: a task's accuracies by method.
    private func write(
        _ name: String, seed: Int, rate: String = "0.1", in folder: URL,
        _ rows: [(task: String, random: Double, meta: Double)]
    ) throws -> URL {
        let run = folder.appending(path: name)
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data("{\"seed\": \(seed), \"inner\": {\"learning_rate\": \(rate)}}".utf8)
            .write(to: run.appending(path: "configuration.json"))
        let text = rows.map { "\($0.task),\($0.random),\($0.meta)\n" }.joined()
        try Data("task,random,meta\n\(text)mean,0,0\n".utf8)
            .write(to: run.appending(path: "results.csv"))
        return run
    }

    @Test("seeds are averaged before tasks, differences are paired by person")
    func pairs() throws {
        let folder = try TemporaryFolder()
        let runs = try [
            write(
                "a1", seed: 1, in: folder.url,
                [("x", 0.5, 0.7), ("y", 0.6, 0.6), ("\"q,r\"", 0.1, 0.9)]),
            write(
                "a2", seed: 2, in: folder.url,
                [("\"q,r\"", 0.3, 0.7), ("x", 0.5, 0.9), ("y", 0.4, 0.8)]),
            write("b", seed: 1, rate: "0.2", in: folder.url, [("x", 0.5, 0.6), ("z", 0, 1)]),
        ]
        let records = try RunRecord.runs(in: [folder.url])
        #expect(records.map(\.name) == runs.map(\.lastPathComponent))
        let comparison = RunComparison(records, metrics: [.accuracy])
        #expect(comparison.groups.map(\.runs.count) == [2, 1])
        #expect(
            comparison.groups.map(\.name) == ["inner.learning_rate=0.1", "inner.learning_rate=0.2"])
        let meta = try #require(comparison.levels.first { $0.arm.method == .meta })
        #expect(meta.taskCount == 3 && meta.peopleCount == 3 && meta.seedCount == 2)
        #expect(abs(meta.mean - (0.8 + 0.7 + 0.8) / 3) < 1e-12)
        // Means of the seeds: 2.2/3 and 2.4/3.
        #expect(abs((meta.seedDeviation ?? 0) - 0.2 / 3 / 2.0.squareRoot()) < 1e-12)
        let own = try #require(comparison.differences.first)
        #expect(own.arm.method == .meta && own.other.method == .random)
        #expect(abs(own.mean - (0.3 + 0.2 + 0.6) / 3) < 1e-12)
        #expect(own.wins == 3 && own.losses == 0)
        #expect(own.permutation == 2.0 / 8)
        // Only the task that both have counts between configurations.
        let across = try #require(comparison.differences.last)
        #expect(across.peopleCount == 1)
        #expect(abs(across.mean - (0.6 - 0.8)) < 1e-12)
        #expect(across.interval == nil)

        for text in [comparison.csv, comparison.markdown, comparison.json] {
            #expect(text.contains("learning_rate=0.2"))
        }
        let rows = comparison.csv.split(separator: "\n")
        #expect(rows.count == 1 + comparison.levels.count + comparison.differences.count)
    }

    @Test("the command writes what it shows, and refuses what is no run")
    func command() throws {
        let folder = try TemporaryFolder()
        _ = try write("a", seed: 1, in: folder.url, [("x", 0.5, 0.7), ("y", 0.6, 0.6)])
        let shown = try CommandRun(["compare", "a"], in: folder.url)
        #expect(shown.status == 0)
        #expect(shown.output.contains("meta-trained − random"))
        for name in ["t.csv", "t.md", "t.json"] {
            let run = try CommandRun(["compare", "a", "--output", name], in: folder.url)
            #expect(run.status == 0, "\(run.problems)")
            #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: name).path()))
        }
        #expect(try CommandRun(["compare", "nowhere"], in: folder.url).status == 1)
        #expect(try CommandRun(["compare", "a", "--metric", "f1"], in: folder.url).status == 2)
        #expect(try CommandRun(["compare", "a", "--output", "t.txt"], in: folder.url).status == 2)
    }

    @Test(
        "a fault of a file is named with its line",
        arguments: [
            ("results.csv", "task,meta\nx,0.5,1\nmean,1\n", ":2:"),
            ("results.csv", "task,meta\n\"x,0.5\n", "quote"),
            ("results.csv", "task,meta\nx,high\nmean,1\n", "high"),
            ("metrics.jsonl", "{\"epoch\": 1}\n{\"epoch\": \n", "line 2"),
            ("task-metrics.csv", "scope,name\n", "method"),
            ("queue.csv", "cell,loss\n", "change"),
            ("adaptation.csv", "method,steps,task\nmeta,-1,x\n", "steps"),
            (
                "sequences.csv",
                "method,sequence,learned,place,task,accuracy,loss\nmeta,1,2,1,\"x\",0.5,1\n", ":2:"
            ),
            (
                "sequences.csv",
                "method,sequence,learned,place,task,accuracy,loss\nmeta,1,1,1,\"x\",0.5,1\n"
                    + "meta,1,2,1,\"x\",0.5,1\n", "end of a sequence"
            ),
            ("test-tasks.json", "{\"format\": \"other\"}", "format"),
        ])
    func faults(file: String, text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let run = try write("a", seed: 1, in: folder.url, [("x", 0.5, 0.7)])
        try Data(text.utf8).write(to: run.appending(path: file))
        let error = #expect(throws: DocumentError.self) { try RunRecord.read(run) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(expected))
        #expect("\(error.map { "\($0)" } ?? "")".contains(file))
    }

    @Test("whatever happens to a run's files, reading and reporting end with a page or an error")
    func mutations() throws {
        let folder = try TemporaryFolder()
        try RunFolders.make(in: folder.url, runs: ["one"])
        let run = folder.url.appending(path: "one")
        var generator = SeededGenerator(seed: 6)
        let names = [
            "configuration.json", "provenance.json", "metrics.jsonl", "results.csv", "queue.csv",
            "predictions.csv", "task-metrics.csv", "adaptation.csv", "support-size.csv",
            "sequences.csv", "test-tasks.json",
        ]
        let alphabet = Array("0123456789-.,\"{}[]:\neE xé".utf8)
        var (pages, refusals) = (0, 0)
        for round in 0..<60 {
            let file = run.appending(path: names[round % names.count])
            let original = try Data(contentsOf: file)
            var bytes = original
            for _ in 0..<1 + generator.integer(below: 4) where !bytes.isEmpty {
                let place = generator.integer(below: bytes.count)
                switch generator.integer(below: 3) {
                case 0: bytes[place] = alphabet[generator.integer(below: alphabet.count)]
                case 1: bytes.remove(at: place)
                default: bytes = bytes.prefix(place)
                }
            }
            try Data(bytes).write(to: file)
            do {
                let page = try Report.read([run]).html
                #expect(page.hasSuffix("</html>\n"))
                pages += 1
            } catch {
                // A report is refused with a place in a file, never otherwise.
                #expect("\(error)".contains("one"))
                refusals += 1
            }
            try original.write(to: file)
        }
        #expect(pages > 0 && refusals > 0)
    }
}
