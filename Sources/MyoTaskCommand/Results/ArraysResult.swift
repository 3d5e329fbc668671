import ArrayCollections
import Documents
import MetaLearning
import PrintableText

/// What a collection of labeled arrays holds, for people and programs.
struct ArraysResult {
    private let manifest: ArrayManifest
    private let warnings: [String]

    init(_ manifest: ArrayManifest, warnings: [String] = []) {
        self.manifest = manifest
        self.warnings = warnings
    }

    private var noun: (one: String, many: String) {
        manifest.isRegression ? ("task", "tasks") : ("class", "classes")
    }

    /// A row for each class or task.
    var list: String {
        var table = TextTable(
            [noun.one, "group", "split", ">samples"], longest: TextTable.mostTasks)
        for member in manifest.members {
            table.add(
                member.name, member.group.isEmpty ? "–" : member.group, member.split.rawValue,
                "\(member.count)")
        }
        return table.text
    }

    /// A row for each split.
    var table: String {
        var table = TextTable(
            "split", ">\(noun.many)", ">with turns", ">groups", ">samples", ">fewest", ">most")
        for split in EpisodeSplit.allCases {
            let own = manifest.members.filter { $0.split == split }
            guard !own.isEmpty else { continue }
            let counts = own.map(\.count)
            let groups = Set(own.map(\.group).filter { !$0.isEmpty }).count
            table.add(
                split.rawValue, "\(own.count)",
                manifest.isRegression ? "–" : "\(own.count * manifest.turns(in: split).count)",
                groups == 0 ? "–" : "\(groups)", "\(counts.reduce(0, +))", "\(counts.min() ?? 0)",
                "\(counts.max() ?? 0)")
        }
        return table.text
    }

    /// All in a sentence.
    var summary: String {
        let sample = manifest.sample
        let count = manifest.members.reduce(0) { $0 + $1.count }
        return "\(manifest.members.count, of: noun.one, plural: noun.many), "
            + "\(count, of: "sample"), \(sample.kind.rawValue) of "
            + sample.shape.map(String.init).joined(separator: " × ")
            + " (\(sample.type.rawValue)), normalization \(manifest.normalization.method.rawValue)"
            + (manifest.isRegression
                ? "; targets \(manifest.targets.map(\.name).joined(separator: ", "))" : "")
    }

    /// The same for programs, with every class or task.
    var document: DocumentValue {
        .object(known: [
            "collection": .string(manifest.name), "kind": .string(manifest.sample.kind.rawValue),
            "shape": .integers(manifest.sample.shape),
            "type": .string(manifest.sample.type.rawValue),
            "rotations": .string(manifest.rotations.rawValue),
            "normalization": .string(manifest.normalization.method.rawValue),
            "\(noun.many)": .array(
                manifest.members.map { member in
                    .object(known: [
                        "name": .string(member.name),
                        "group": member.group.isEmpty ? nil : .string(member.group),
                        "split": .string(member.split.rawValue), "samples": .integer(member.count),
                    ])
                }),
            "targets": manifest.isRegression ? .strings(manifest.targets.map(\.name)) : nil,
            "warnings": warnings.isEmpty ? nil : .strings(warnings),
        ])
    }
}
