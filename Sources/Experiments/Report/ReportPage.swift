import EMGSignal
import Figures
import Foundation
import MetaLearning

/// The page of a report.
struct ReportPage {
    private let report: Report
    private var comparison: RunComparison { report.comparison }
    private var figures: ReportFigures { report.figures }

    init(_ report: Report) {
        self.report = report
    }

    /// A part of the page.
    private struct Section {
        let id: String
        let title: String
        let content: String
    }

    /// The whole page.
    var html: String {
        let sections = self.sections.filter { !$0.content.isEmpty }
        let links = sections.map {
            "<li><a href=\"#\($0.id)\">\(HTMLText.escaped($0.title))</a></li>"
        }.joined()
        let body = sections.map {
            """
            <section aria-labelledby="\($0.id)">
            <h2 id="\($0.id)">\(HTMLText.escaped($0.title))</h2>
            \($0.content)</section>

            """
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="\(HTMLText.escaped(software))">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <link rel="icon" href="data:,">
            <title>\(HTMLText.escaped(title)) – MyoTask report</title>
            <style>
            \(ReportStyle.sheet)
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the results</a>
            <header>
            <p class="kicker">MyoTask report</p>
            <h1>\(HTMLText.escaped(title))</h1>
            <p class="lead">\(HTMLText.escaped(subtitle, limit: 1_000))</p>
            <nav aria-label="Contents"><ul>\(links)</ul></nav>
            </header>
            <main id="main">
            \(body)</main>
            <footer><p>Made by \(HTMLText.escaped(software)) from \(runCount). Nothing in this page is \
            loaded from elsewhere.</p></footer>
            </body>
            </html>

            """
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
        let run = report.runs[0]
        var parts: [String] = []
        if comparison.groups.count == 1 {
            if let algorithm = run.value("algorithm"), let model = run.value("model.name") {
                parts.append("Algorithm \(algorithm), model \(model)")
            }
            let seeds = comparison.groups[0].runs.compactMap { $0.value("seed") }
            parts.append(
                seeds.count == 1 ? "seed \(seeds[0])" : "seeds \(seeds.joined(separator: ", "))")
        } else {
            parts.append("\(comparison.groups.count) configurations")
        }
        let tasks = comparison.groups[0].tasks.count
        if tasks > 0 { parts.append("\(tasks) test \(tasks == 1 ? "task" : "tasks")") }
        if let setting = run.setting {
            let milliseconds = 1_000 * Double(setting.windowLength) / setting.samplingRate
            parts.append(
                "\(setting.classes.count) classes (\(setting.classes.joined(separator: ", ")))")
            parts.append(
                "windows of \(setting.windowLength) samples "
                    + "(\(CompactNumber.text(milliseconds)) ms)")
        }
        return parts.joined(separator: " · ")
    }

    // MARK: Sections

    private var sections: [Section] {
        [
            Section(id: "results", title: "Results", content: results),
            Section(
                id: "per-task", title: "Each test task", content: figures.tasks?.html ?? ""),
            Section(
                id: "learning", title: "Learning curves", content: figures.learning?.html ?? ""),
            Section(
                id: "adaptation-study", title: "Adaptation",
                content: figures.adaptation?.html ?? ""),
            Section(
                id: "support-study", title: "Size of the support",
                content: figures.supportSize?.html ?? ""),
            Section(id: "confusions", title: "Confusions", content: figures.confusion?.html ?? ""),
            Section(id: "events", title: "Changes of intent", content: events),
            Section(id: "traces", title: "Recordings and predictions", content: traces),
            Section(id: "task-queue", title: "Task queue", content: figures.queue?.html ?? ""),
            Section(id: "configuration", title: "Configuration", content: configuration),
            Section(id: "reading", title: "How to read this", content: reading),
        ]
    }

    private var results: String {
        guard !comparison.levels.isEmpty else {
            return "<p>These runs have no test results: there were no test tasks, or training is "
                + "not done.</p>\n"
        }
        var text = cards
        for metric in Metric.allCases {
            let (means, pairs) = (
                comparison.rows(of: metric, naming: \.title),
                comparison.differenceRows(of: metric, naming: \.title)
            )
            guard means.count > 1 else { continue }
            let title = metric.title.prefix(1).uppercased() + metric.title.dropFirst()
            let tables =
                HTMLText.table(means, label: "\(title) of the methods")
                + (pairs.count > 1
                    ? HTMLText.table(pairs, label: "Differences in \(metric.title)") : "")
            // What most readers come for stands open; the rest is one tap away.
            text +=
                metric == .accuracy
                ? "<h3>\(title)</h3>\n" + tables : HTMLText.details(title, tables)
        }
        return text
            + "<p class=\"note\">\(HTMLText.escaped(comparison.explanation, limit: 1_000))</p>\n"
            + comparison.inputNotes.map {
                "<p class=\"note\">\(HTMLText.escaped($0, limit: 2_000))</p>\n"
            }.joined()
    }

    /// The few numbers that matter.
    private var cards: String {
        var cards: [(value: String, label: String, note: String)] = []
        func level(_ metric: Metric) -> RunComparison.Level? {
            let own = comparison.levels.filter { $0.metric == metric }
            return own.first { $0.arm.method == .meta } ?? own.last
        }
        if let accuracy = level(.accuracy) {
            cards.append(
                (
                    percent(accuracy.mean), "accuracy, \(accuracy.arm.method.title.lowercased())",
                    accuracy.interval.map { "\(percent($0.low)) to \(percent($0.high))" } ?? ""
                ))
        }
        let own = comparison.differences.filter {
            $0.metric == .accuracy && $0.arm.group == comparison.groups[0].name
        }
        for difference in own.prefix(3) {
            cards.append(
                (
                    "\(CompactNumber.signedDecimal(100 * difference.mean)) pp",
                    "over \(difference.other.method.title)",
                    "better on \(difference.wins) of \(difference.taskCount) tasks"
                ))
        }
        if let transitions = level(.transitionAccuracy) {
            cards.append(
                (percent(transitions.mean), "of intent changes followed", ""))
        }
        let latencies = comparison.groups[0].runs.flatMap(\.metrics).filter {
            $0.scope == .all && $0.method == .meta
        }.compactMap(\.latency)
        if !latencies.isEmpty {
            let mean = latencies.reduce(0, +) / Double(latencies.count)
            cards.append((String(format: "%.0f ms", 1_000 * mean), "mean latency", ""))
        }
        return "<ul class=\"cards\">"
            + cards.map { card in
                "<li><strong>\(HTMLText.escaped(card.value))</strong>"
                    + "<span>\(HTMLText.escaped(card.label))</span>"
                    + (card.note.isEmpty ? "" : "<small>\(HTMLText.escaped(card.note))</small>")
                    + "</li>"
            }.joined() + "</ul>\n"
    }

    private func percent(_ share: Double) -> String {
        CompactNumber.decimal(100 * share) + " %"
    }

    /// Patients and conditions, with what only events tell.
    private var events: String {
        var text = ""
        for group in comparison.groups {
            let rows = group.runs.flatMap(\.metrics)
            for (scope, title) in [
                (TaskMetrics.Scope.all, "All test tasks"), (.patient, "By patient"),
                (.condition, "By condition"), (.task, "By task"),
            ] {
                let own = rows.filter { $0.scope == scope }
                let names = Set(own.map(\.name))
                guard !own.isEmpty, scope == .all || names.count > 1 else { continue }
                let table = HTMLText.table(
                    Self.eventRows(own), label: "\(title), \(group.name)")
                let heading = comparison.groups.count > 1 ? "\(title), \(group.name)" : title
                text +=
                    scope == .all
                    ? (comparison.groups.count > 1
                        ? "<h3>\(HTMLText.escaped(heading))</h3>\n" : "") + table
                    : HTMLText.details(heading, table)
            }
        }
        return text
    }

    private static func eventRows(_ rows: [TaskMetrics]) -> [[String]] {
        var table = [
            [
                rows[0].scope == .all ? "method" : rows[0].scope.rawValue, "accuracy", "balanced",
                "macro F1", "changes followed", "of", "stability", "latency (s)", "delay (s)",
            ]
        ]
        let isAll = rows[0].scope == .all
        if !isAll { table[0].insert("method", at: 1) }
        var keys: [(String, Method)] = []
        for row in rows where !keys.contains(where: { $0 == (row.name, row.method) }) {
            keys.append((row.name, row.method))
        }
        for (name, method) in keys {
            let own = rows.filter { $0.name == name && $0.method == method }
            func mean(_ value: (TaskMetrics) -> Double?) -> String {
                let values = own.compactMap(value)
                return values.isEmpty
                    ? "–" : CompactNumber.share(values.reduce(0, +) / Double(values.count))
            }
            table.append(
                (isAll ? [method.title] : [name, method.title]) + [
                    mean { $0.values[.accuracy] }, mean { $0.values[.balancedAccuracy] },
                    mean { $0.values[.macroF1] }, mean { $0.values[.transitionAccuracy] },
                    "\(own[0].transitions)", mean { $0.values[.stability] }, mean(\.latency),
                    mean(\.delay),
                ])
        }
        return table
    }

    private var traces: String {
        guard !figures.traces.isEmpty else { return "" }
        let note =
            figures.traceNote.isEmpty
            ? "" : "<p class=\"note\">\(HTMLText.escaped(figures.traceNote, limit: 1_000))</p>\n"
        return note + figures.traces.map(\.html).joined()
    }

    private var configuration: String {
        var text = ""
        if comparison.groups.count > 1 {
            let firsts = comparison.groups.map { $0.runs[0] }
            var paths: [String] = []
            for run in firsts {
                for (path, _) in run.settings where !paths.contains(path) {
                    if Set(firsts.map { $0.value(path) ?? "–" }).count > 1 { paths.append(path) }
                }
            }
            if !paths.isEmpty {
                text += "<h3>What differs</h3>\n"
                text += HTMLText.table(
                    [["setting"] + comparison.groups.map(\.name)]
                        + paths.map { path in [path] + firsts.map { $0.value(path) ?? "–" } },
                    label: "Settings that differ")
            }
        }
        for group in comparison.groups {
            let run = group.runs[0]
            let settings = run.settings.map { path, value in
                path == "seed" && group.runs.count > 1
                    ? [path, group.runs.compactMap { $0.value("seed") }.joined(separator: ", ")]
                    : [path, value]
            }
            let origin = run.provenance.map { [$0.key, $0.value] }
            let suffix = comparison.groups.count > 1 ? " of \(group.name)" : ""
            text += HTMLText.details(
                "All settings\(suffix)",
                HTMLText.table([["setting", "value"]] + settings, label: "Settings"),
                style: "print")
            if !origin.isEmpty {
                text += HTMLText.details(
                    "Where it comes from\(suffix)",
                    HTMLText.table([["what", "value"]] + origin, label: "Provenance"),
                    style: "print")
            }
        }
        return text
    }

    private var reading: String {
        """
        <dl>
        <dt>Methods</dt><dd><b>Random init</b> (B1) is the untrained model and <b>pre-trained</b> (B2) \
        one trained on all training tasks' windows; both are fine-tuned like the <b>meta-trained</b> \
        model. <b>LDA</b> is a linear discriminant on time-domain features, fitted to each support. \
        pp are percentage points.</dd>
        <dt>Changes followed</dt><dd>Transition accuracy in the strict sense of ReactEMG (Wang et al., \
        arXiv 2506.19815): within 2 s of a change from A to B nothing but A and B is told, B follows A, \
        and nothing but B is told until near the next change. Latency is the time between the change \
        and its telling, delay the same with its sign.</dd>
        <dt>Stability</dt><dd>The share of stretches between changes during which the told class stays \
        the same.</dd>
        <dt>Few tasks</dt><dd>Intervals over few tasks are narrower than they should be, and with n \
        pairs no p value is below 2<sup>1−n</sup>.</dd>
        </dl>

        """
    }
}
