import Documents
import FewShotBenchmark
import Figures
import Statistics
import Testing

@Suite("Leaderboards")
struct LeaderboardTests {
    @Test("a cell is the mean over people of the mean over their problems")
    func cells() throws {
        let run = try BandLaboratory().run(
            "methods: [prior, nearest_mean]\nsupports: [{windows: 2, shown: 1}]\n")
        let board = Leaderboard(run)
        let cell = try #require(board.cell("prior", 0))
        let own = run.scores.filter { $0.method == "prior" }
        var sum = 0.0
        for person in 1...6 {
            let scores = own.filter { $0.person == "p\(person)" }
            sum += scores.reduce(0) { $0 + $1.accuracy } / Double(scores.count)
        }
        #expect(abs(cell.accuracy - sum / 6) < 1e-12)
        #expect(cell.worst == own.map(\.accuracy).min())
        #expect(cell.people.count == 6)
        let difference = try #require(board.difference("nearest_mean", 0))
        let other = try #require(board.cell("nearest_mean", 0))
        #expect(abs(difference.mean - (cell.accuracy - other.accuracy)) < 1e-12)
    }

    @Test("calibration is how far decisions are from how sure they were")
    func calibration() throws {
        let run = try BandLaboratory().run("methods: [lda]\n")
        let cell = try #require(Leaderboard(run).cell("lda", 0))
        var (counts, sure, right) = (
            [Int](repeating: 0, count: 10), [Double](repeating: 0, count: 10),
            [Int](repeating: 0, count: 10)
        )
        for bins in run.scores.map(\.calibration) {
            for (place, bin) in bins.enumerated() {
                counts[place] += bin.count
                sure[place] += bin.confidence
                right[place] += bin.right
            }
        }
        let total = Double(counts.reduce(0, +))
        let error = (0..<10).reduce(0.0) { $0 + abs(sure[$1] - Double(right[$1])) / total }
        #expect(abs(cell.calibrationError - error) < 1e-12)
        #expect(Int(total) == run.scores.reduce(0) { $0 + $1.count })
    }

    @Test("the document names protocol, data and software, and all that was chosen")
    func document() throws {
        let run = try BandLaboratory().run("methods: [lda, knn]\n")
        let board = Leaderboard(run)
        let text = board.document(versions: ["swift": "6"]).json()
        for part in [
            "\"name\":\"test\"", "\"version\":1", "\"sha256\":\"\(run.people.digest)\"",
            "\"swift\":\"6\"", "\"shrinkage\"", "\"neighbors\"", "\"people\":{\"p1\":",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(board.markdown.contains("| method |"))
        #expect(board.accuracyRows.map(\.count) == [2, 2, 2])
        #expect(board.figure(width: 700).svg().contains("knn"))
    }
}
