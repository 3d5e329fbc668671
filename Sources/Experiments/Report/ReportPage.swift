import EMGSignal
import Figures
import Foundation
import MetaLearning
import PrintableText
import Statistics

/// The page of a report.
struct ReportPage {
    private let report: Report
    private var comparison: RunComparison { report.comparison }
    private var figures: ReportFigures { report.figures }

    init(_ report: Report) {
        self.report = report
    }

    /// The whole page.
    var html: String {
        HTMLPage(
            title: title, lead: subtitle, sections: sections, software: software,
            source: runCount
        ).html
    }

    // MARK: Head

    private var software: String { report.runs[0].value("software") ?? SoftwareVersion.text }

    private var runCount: String {
        report.runs.count == 1 ? "one run" : "\(report.runs.count) runs"
    }

    private var title: String {
        if !report.title.isEmpty { return report.title }
        let names = Set(report.runs.compactMap { $0.value("collection") })
        let collection = names.count == 1 ? names.first : nil
        if report.runs.count == 1 {
            return collection.map { "\($0): \(report.runs[0].name)" } ?? report.runs[0].name
        }
        return collection.map { "\($0): \(runCount)" } ?? "Comparison of \(runCount)"
    }

    private var subtitle: String {
        let runs = report.runs
        var parts: [String] = []
        if comparison.groups.count == 1 {
            if let algorithm = runs[0].value("algorithm"), let model = runs[0].value("model.name") {
                parts.append("Algorithm \(algorithm), model \(model)")
            }
        } else {
            parts.append("\(comparison.groups.count, of: "configuration")")
        }
        if let factors = comparison.factors { parts.append(factors) }
        let counts = Set(comparison.groups.map(\.tasks.count))
        if counts.count == 1, let tasks = counts.first, tasks > 0 {
            parts.append("\(tasks, of: "test task")")
        }
        // What is not the same for all is said with what differs.
        let settings = runs.compactMap(\.setting)
        if !comparison.isOfPeople {
            let counts = Set(settings.map(\.classes.count))
            if let ways = counts.first, counts.count == 1 {
                parts.append("episodes of \(ways) ways")
            }
            return parts.joined(separator: " · ")
        }
        if let setting = settings.first, settings.allSatisfy({ $0.classes == setting.classes }) {
            parts.append(
                "\(setting.classes.count, of: "class", plural: "classes") "
                    + "(\(setting.classes.joined(separator: ", ")))"
            )
        }
        if let setting = settings.first,
            settings.allSatisfy({
                $0.windowLength == setting.windowLength && $0.samplingRate == setting.samplingRate
            })
        {
            let milliseconds = 1_000 * Double(setting.windowLength) / setting.samplingRate
            parts.append(
                "windows of \(setting.windowLength, of: "sample") "
                    + "(\(CompactNumber.text(milliseconds)) ms)")
        }
        return parts.joined(separator: " · ")
    }

    // MARK: Sections

    private var sections: [HTMLPage.Section] {
        [
            HTMLPage.Section(id: "results", title: "Results", content: results),
            HTMLPage.Section(
                id: "per-task", title: "Each test task", content: figures.tasks?.html ?? ""),
            HTMLPage.Section(
                id: "learning", title: "Learning curves", content: figures.learning?.html ?? ""),
            HTMLPage.Section(
                id: "adaptation-study", title: "Adaptation",
                content: figures.adaptation?.html ?? ""),
            HTMLPage.Section(
                id: "support-study", title: "Size of the support",
                content: figures.supportSize?.html ?? ""),
            HTMLPage.Section(
                id: "sequences", title: "Learning task after task",
                content: figures.forgetting?.html ?? ""),
            HTMLPage.Section(
                id: "confusions", title: "Confusions", content: figures.confusions.html),
            HTMLPage.Section(id: "events", title: "Changes of intent", content: events),
            HTMLPage.Section(id: "traces", title: "Recordings and predictions", content: traces),
            HTMLPage.Section(id: "task-queue", title: "Task queue", content: figures.queues.html),
            HTMLPage.Section(
                id: "scaling-ranks", title: "Scaling over ranks",
                content: figures.scaling?.html ?? ""),
            HTMLPage.Section(
                id: "configuration", title: "Configuration",
                content: ReportConfiguration(comparison: comparison).html),
            HTMLPage.Section(id: "reading", title: "How to read this", content: reading),
        ]
    }

    private var results: String {
        guard !comparison.levels.isEmpty else {
            return "<p>These runs have no test results: there were no test tasks, or training is "
                + "not done.</p>\n"
        }
        var text = ReportCards(comparison: comparison).html
        for metric in Metric.allCases {
            let (means, pairs) = (
                comparison.rows(of: metric), comparison.differenceRows(of: metric)
            )
            guard means.count > 1 else { continue }
            let name = comparison.title(of: metric)
            let title = name.prefix(1).uppercased() + name.dropFirst()
            let tables =
                HTMLText.table(means, label: "\(title) of the methods")
                + (pairs.count > 1
                    ? HTMLText.table(pairs, label: "Differences in \(name)") : "")
            // What most readers come for stands open; the rest is one tap away.
            text +=
                metric == .accuracy
                ? "<h3>\(title)</h3>\n" + tables : HTMLText.details(title, tables)
        }
        return text
            + "<p class=\"note\">\(HTMLText.escaped(comparison.explanation, limit: 2_000))</p>\n"
            + (comparison.inputNotes + comparison.divergenceNotes).map {
                "<p class=\"note\">\(HTMLText.escaped($0, limit: 2_000))</p>\n"
            }.joined()
    }

    /// Patients and conditions, with what only events tell.
    private var events: String {
        guard comparison.isOfPeople else { return "" }
        let isOne = comparison.groups.count == 1
        return comparison.groups.map { group in
            EventTables(group: group).tables.enumerated().map { place, part in
                let heading = isOne ? part.title : "\(part.title), \(group.name)"
                let table = HTMLText.table(part.rows, label: heading)
                guard place == 0 else { return HTMLText.details(heading, table) }
                return (isOne ? "" : "<h3>\(HTMLText.escaped(heading))</h3>\n") + table
            }.joined()
        }.joined()
    }

    private var traces: String {
        guard !figures.traces.figures.isEmpty else { return "" }
        let notes = figures.traceNotes.map {
            "<p class=\"note\">\(HTMLText.escaped($0, limit: 1_000))</p>\n"
        }
        return notes.joined() + figures.traces.html
    }

    private var reading: String {
        guard comparison.isOfPeople else {
            return """
                <dl>
                <dt>Methods</dt><dd><b>random</b> is the untrained model and <b>pre-trained</b> one \
                trained on the samples of all training classes; both are fine-tuned like the \
                <b>meta-trained</b> model. <b>nearest mean</b> is the class whose support samples' mean \
                is nearest, number by number. pp are percentage points.</dd>
                <dt>Episodes, seeds</dt><dd>Episodes are drawn by the seed of few_shot, the same for all \
                methods and seeds of training; a number of an episode is the mean of its seeds. Intervals and \
                p values are over episodes (tasks of a regression).</dd>
                </dl>

                """
        }
        return """
            <dl>
            <dt>Methods</dt><dd><b>random</b> (B1) is the untrained model and <b>pre-trained</b> (B2) \
            one trained on all training tasks' windows; both are fine-tuned like the <b>meta-trained</b> \
            model. <b>LDA</b> is a linear discriminant on time-domain features, fitted to each support. \
            pp are percentage points.</dd>
            <dt>Changes followed</dt><dd>Transition accuracy in the strict sense of ReactEMG (Wang et al., \
            arXiv 2506.19815): within 2 s of a change from A to B nothing but A and B is predicted, B follows A, \
            and nothing but B is predicted until near the next change. Latency is the time between the change \
            and its prediction, delay the same with its sign.</dd>
            <dt>Stability</dt><dd>The fraction of segments between changes during which the predicted class stays \
            the same.</dd>
            <dt>People, tasks, folds, seeds</dt><dd>A person's number is the mean of their tasks, and a task's \
            that of its seeds. Folds are collections that each test on other tasks. Intervals and p values are over \
            people; with n people no p value is below 2<sup>1−n</sup>.</dd>
            </dl>

            """
    }
}
