private import Foundation

/// What distinguishes configurations, and names for them made of it.
///
/// Everything on record is looked at: the settings, the collection, what varied in filtering and
/// building, the model's input and the software. What differs stands in the name; many differences
/// stand in a table of their own, beside which the name is that of the run. No two names are the
/// same.
struct RunNames {
    /// A name for each configuration.
    let names: [String]
    /// Whatever differs: a row for each fact with a value for each configuration.
    let differences: [(fact: String, values: [String])]
    /// Whether names leave out some of it.
    let isShortened: Bool

    /// More differences than this make no readable name.
    private static let longestList = 4

    /// Finds names.
    ///
    /// - Parameter groups: The runs of each configuration, at least one each.
    init(_ groups: [[RunRecord]]) {
        differences = Self.differences(groups)
        guard groups.count > 1 else {
            names = groups.map { $0.count == 1 ? $0[0].name : "all \($0.count) runs" }
            isShortened = false
            return
        }
        let differences = differences
        isShortened = differences.count > Self.longestList
        let isLong = isShortened
        var names = groups.indices.map { place in
            differences.isEmpty || isLong
                ? Self.folderName(groups[place])
                : differences.map { "\($0.fact)=\(Self.brief($0.values[place]))" }
                    .joined(separator: " ")
        }
        // What is alike to the last fact is distinguished by its folder, then by more of its path.
        for depth in 1...4 {
            let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            for place in names.indices where (counts[names[place]] ?? 0) > 1 {
                let parts = groups[place][0].folder.standardizedFileURL.pathComponents
                let path = parts.suffix(depth).joined(separator: "/")
                names[place] = depth == 1 ? "\(names[place]) · \(path)" : path
            }
        }
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        for place in names.indices where (counts[names[place]] ?? 0) > 1 {
            names[place] += " #\(place + 1)"
        }
        self.names = names
    }

    private static func folderName(_ runs: [RunRecord]) -> String {
        runs.count == 1 ? runs[0].name : "\(runs[0].name) and \(runs.count - 1) more"
    }

    private static func brief(_ value: String) -> String {
        value.count <= 40 ? value : value.prefix(39) + "…"
    }

    // MARK: Facts

    private static func differences(
        _ groups: [[RunRecord]]
    ) -> [(fact: String, values: [String])] {
        let facts = groups.map(facts)
        var paths: [String] = []
        var seen: Set<String> = []
        for path in facts.flatMap({ $0.map(\.path) }) where seen.insert(path).inserted {
            paths.append(path)
        }
        let values = facts.map {
            Dictionary($0.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        var all: [(fact: String, values: [String])] = []
        for path in paths {
            let own = values.map { $0[path] ?? "–" }
            guard Set(own).count > 1 else { continue }
            // What varied in building shows in the input as well.
            if path.hasPrefix("input."), all.contains(where: { $0.values == own }) { continue }
            all.append((fact: path, values: own))
        }
        // The hash of the data says no more than what else is known of it.
        let known = all.filter { $0.fact != "collection_sha256" && $0.fact != "software" }
        return Set(groups.indices.map { place in known.map { $0.values[place] } }).count
            == groups.count ? known : all
    }

    /// What is on record of a configuration and the same for all of its runs.
    private static func facts(_ runs: [RunRecord]) -> [(path: String, value: String)] {
        let all = runs.map(facts)
        var facts = all[0].filter { fact in
            all.allSatisfy { $0.contains { $0.path == fact.path && $0.value == fact.value } }
        }
        if !facts.contains(where: { $0.path == "collection" }) {
            let names = Set(runs.compactMap { $0.value("collection") }).sorted {
                $0.localizedStandardCompare($1) == .orderedAscending
            }
            if let first = names.first, let last = names.last {
                facts.append((path: "collection", value: "\(first) … \(last) (\(names.count))"))
            }
        }
        return facts
    }

    private static func facts(_ run: RunRecord) -> [(path: String, value: String)] {
        var facts = run.settings.filter { !RunGroup.settingsApart.contains($0.path) }
        facts += run.varied.filter { $0.key.hasPrefix("build.") || $0.key.hasPrefix("filter.") }
            .map { (path: $0.key, value: $0.value) }
        facts += ["collection", "collection_sha256", "software"].compactMap { key in
            run.value(key).map { (path: key, value: $0) }
        }
        // Whose recordings were trained on follows from the collection and the fold, and a
        // window's seconds from its length and the rate.
        let apart = [
            "format", "format_version", "collection", "training", "validation", "window_seconds",
        ]
        facts += run.inputMembers.filter { path, _ in
            !apart.contains { path == $0 || path.hasPrefix("\($0).") }
        }.map { (path: "input.\($0.path)", value: $0.value) }
        if run.inputMembers.isEmpty, let setting = run.setting {
            facts += [
                (path: "input.window.length", value: "\(setting.windowLength)"),
                (path: "input.window.stride", value: "\(setting.windowStride)"),
                (path: "input.sampling_rate_hz", value: "\(setting.samplingRate)"),
                (path: "input.classes", value: setting.classes.joined(separator: ", ")),
            ]
        }
        return facts
    }
}
