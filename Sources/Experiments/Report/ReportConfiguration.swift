/// The settings of every configuration and where it comes from.
struct ReportConfiguration {
    let comparison: RunComparison

    /// The section's content.
    var html: String {
        var text = ""
        if comparison.groups.count > 1, comparison.differingRows.count > 1 {
            text += "<h3>What differs</h3>\n"
            text += HTMLText.table(comparison.differingRows, label: "What differs")
        }
        return text + comparison.groups.map(settings).joined()
    }

    private func settings(_ group: RunGroup) -> String {
        let run = group.runs[0]
        let settings = run.settings.map { path, value in
            path == "seed" && group.seeds.count > 1
                ? [path, group.seeds.joined(separator: ", ")] : [path, value]
        }
        let origin = run.provenance.map { [$0.key, $0.value] }
        let suffix = comparison.groups.count > 1 ? " of \(group.name)" : ""
        var text = HTMLText.details(
            "All settings\(suffix)",
            HTMLText.table([["setting", "value"]] + settings, label: "Settings"), style: "print")
        if !origin.isEmpty {
            let first =
                group.runs.count > 1 ? ": \(run.name), the first of \(group.runs.count)" : ""
            text += HTMLText.details(
                "Where it comes from\(suffix)\(first)",
                HTMLText.table([["what", "value"]] + origin, label: "Provenance"), style: "print")
        }
        return text
    }
}
