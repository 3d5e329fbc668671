import Foundation
import TestSupport
import Testing

@Suite("myotask sinusoids")
struct SinusoidsCommandTests {
    @Test("regimes and seeds are compared, and the numbers and queues kept")
    func compares() throws {
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "out")
        func run(_ threads: Int, _ place: URL) throws -> CommandRun {
            try CommandRun([
                "sinusoids", "--iterations", "1000", "--regimes", "uniform,delta", "--seeds", "0,1",
                "--shots", "10", "--test-tasks", "600", "--threads", "\(threads)",
                "--output", place.path(),
            ])
        }
        let first = try run(2, output)
        #expect(first.status == 0, "\(first.problems)")
        let text = try String(contentsOf: output.appending(path: "results.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",") }
        // Two regimes, two seeds, two sets of tasks, five numbers of steps.
        #expect(rows.count == 1 + 2 * 2 * 2 * 5)
        func error(_ regime: String, _ steps: String) -> Double? {
            rows.first { $0[0] == regime && $0[1] == "0" && $0[2] == "random" && $0[3] == steps }
                .flatMap { Double($0[4]) }
        }
        let before = try #require(error("uniform", "0"))
        let after = try #require(error("uniform", "1"))
        #expect(after < before, "a step on the support helps")
        let queue = try String(
            contentsOf: output.appending(path: "queue-delta-1.csv"), encoding: .utf8
        ).split(separator: "\n")
        #expect(queue[0] == "amplitude,phase,loss,change,count")
        #expect(queue.count == 1 + 49 * 36)
        let counts = queue.dropFirst().compactMap { Int($0.split(separator: ",")[4]) }
        #expect(counts.reduce(0, +) == 1_000 * 25)

        let again = folder.url.appending(path: "again")
        #expect(try run(1, again).status == 0)
        #expect(try contents(of: output) == contents(of: again))
        let second = try run(2, output)
        #expect(second.status != 0, "a folder that is there is not written into")
    }

    @Test(
        "what makes no sense is refused before anything runs",
        arguments: [
            ["--dimensions", "4"], ["--regimes", "greedy"], ["--seeds", "a"], ["--seeds", ","],
            ["--test-tasks", "5"], ["--algorithm", "sequential_maml"], ["--inner-rate", "-1"],
        ])
    func refused(arguments: [String]) throws {
        let run = try CommandRun(["sinusoids"] + arguments)
        #expect(run.status == 2)
        #expect(
            run.problems.contains(arguments[0].dropFirst(2)) || run.problems.contains("benchmark"))
    }
}
