internal import MetaLearning
private import PrintableText

/// Which classes of a collection are for what: as its manifest says, with what the settings hold out.
struct ClassChoice: Sendable {
    private var classes: [EpisodeSplit: [ArrayEpisodes.Class]] = [:]

    /// The classes of a split, in the manifest's order, turn after turn.
    subscript(split: EpisodeSplit) -> [ArrayEpisodes.Class] { classes[split] ?? [] }

    init(
        _ manifest: ArrayManifest, _ settings: TrainingConfiguration.FewShot
    ) throws(ArrayError) {
        let heldOut = try Self.members(named: settings.heldOut, "held_out", of: manifest)
        let selecting = try Self.members(named: settings.validation, "validation", of: manifest)
        if let both = heldOut.intersection(selecting).min() {
            throw ArrayError(
                .inTwoSplits(manifest.classes[both].name, one: "held_out", other: "validation"),
                at: "few_shot", hint: "name each class or group for one of them")
        }
        for (index, member) in manifest.classes.enumerated() {
            var split = member.split
            // What is named takes the place of the manifest's split.
            if split == .test, !heldOut.isEmpty { split = .train }
            if split == .validation, !selecting.isEmpty { split = .train }
            if heldOut.contains(index) { split = .test }
            if selecting.contains(index) { split = .validation }
            for turn in manifest.turns(in: split) {
                classes[split, default: []].append(ArrayEpisodes.Class(member: index, turn: turn))
            }
        }
        guard !self[.train].isEmpty else {
            throw ArrayError(
                .tooFew("classes for training", expected: 1, found: 0), at: manifest.name,
                hint: "build the collection with training classes, or hold out fewer")
        }
    }

    /// The classes of some names, which may be those of groups.
    private static func members(
        named names: [String], _ key: String, of manifest: ArrayManifest
    ) throws(ArrayError) -> Set<Int> {
        var members: Set<Int> = []
        for name in names {
            let own = manifest.classes.indices.filter {
                manifest.classes[$0].name == name || manifest.classes[$0].group == name
            }
            guard !own.isEmpty else {
                throw ArrayError(
                    .missing(
                        "class or group \"\(name)\"",
                        known: manifest.groups.isEmpty
                            ? manifest.classes.map(\.name) : manifest.groups),
                    at: "few_shot.\(key)", hint: "names are those of the collection")
            }
            members.formUnion(own)
        }
        return members
    }
}
