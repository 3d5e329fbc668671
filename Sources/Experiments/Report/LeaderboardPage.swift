private import Documents
private import EMGSignal
package import FewShotBenchmark
private import Figures
private import Files
package import Foundation

/// The page of a benchmark.
struct LeaderboardPage {
    let leaderboard: Leaderboard

    /// The whole page.
    var html: String {
        let figure = ReportFigure(
            name: "accuracy", title: "Accuracy by what was shown",
            caption:
                "Mean accuracy over people of the best methods; the area is the 95 % interval over "
                + "people of \(leaderboard.reference).", table: leaderboard.accuracyRows
        ) { leaderboard.figure(width: $0.points) }
        let settings = leaderboard.run.settings
        return HTMLPage(
            title: "Benchmark \(settings.name)", lead: settings.about,
            sections: [
                HTMLPage.Section(
                    id: "results", title: "Results",
                    content: HTMLText.table(
                        leaderboard.accuracyRows, label: "Accuracy in percent") + figure.html),
                HTMLPage.Section(
                    id: "choices", title: "What was chosen, and why",
                    content: "<ul>"
                        + leaderboard.notes.map {
                            "<li>\(HTMLText.escaped($0, limit: 2_000))</li>"
                        }.joined() + "</ul>\n"),
                HTMLPage.Section(
                    id: "in-full", title: "In full",
                    content: HTMLText.table(leaderboard.detailRows, label: "Every method")),
            ], software: SoftwareVersion.text, source: "one benchmark"
        ).html
    }
}

extension Leaderboard {
    /// Writes the leaderboard for readers, for programs, as a figure and as a page.
    ///
    /// - Parameter folder: Where `leaderboard.md`, `.json`, `.svg` and `report.html` go.
    /// - Throws: `FilesError` or `FigureError` when they cannot be written.
    package func write(to folder: URL) throws {
        try AtomicFile.write(
            document(versions: RunEnvironment.versions).json(.indented),
            to: folder.appending(path: "leaderboard.json"))
        try AtomicFile.write(markdown, to: folder.appending(path: "leaderboard.md"))
        try figure(width: 760).write(to: folder.appending(path: "leaderboard.svg"))
        try AtomicFile.write(
            LeaderboardPage(leaderboard: self).html, to: folder.appending(path: "report.html"))
    }
}
