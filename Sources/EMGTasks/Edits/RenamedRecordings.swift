package import EMGSignal

/// The names that recordings have after what people decided about them.
///
/// A decision goes by the names of the archive, whatever others there are. Of several that name the
/// same part of a recording, the latest counts.
package struct RenamedRecordings: Sendable, Hashable {
    private struct Rule: Sendable, Hashable {
        let decision: Int
        /// Patient, session and the rest of the recording that the decision is about.
        let place: [Substring]
        let renaming: Renaming

        func fits(_ place: [Substring]) -> Bool {
            switch renaming.scope {
            case .recording: place == self.place
            case .session: place.prefix(2) == self.place.prefix(2)
            case .patient: place.first == self.place.first
            }
        }
    }

    private var rules: [Rule] = []

    /// Creates names of which none differs from the archive's.
    package init() {}

    /// Takes a decision in.
    mutating func add(_ renaming: Renaming, _ decision: EditDecision) {
        rules.append(
            Rule(
                decision: decision.number, place: Self.place(decision.recording),
                renaming: renaming))
    }

    /// Whether every recording has the name that the archive gives it.
    package var isEmpty: Bool { rules.isEmpty }

    /// The latest decision about the names of a recording.
    ///
    /// - Parameter id: The recording's id in the archive.
    /// - Returns: Its number; `nil` when there is none.
    package func decision(about id: String) -> Int? {
        let place = Self.place(id)
        return rules.last { $0.fits(place) }?.decision
    }

    /// The name that a recording has.
    ///
    /// - Parameter archived: The name that the archive gives it.
    /// - Returns: Its name.
    package func identity(of archived: RecordingIdentity) -> RecordingIdentity {
        let place = Self.place(archived.id)
        var names = Renaming()
        for rule in rules where rule.fits(place) {
            names.patient = rule.renaming.patient ?? names.patient
            names.session = rule.renaming.session ?? names.session
            names.condition = rule.renaming.condition ?? names.condition
            names.run = rule.renaming.run ?? names.run
        }
        do throws(SignalError) {
            return try RecordingIdentity(
                patient: names.patient ?? archived.patient,
                session: names.session ?? archived.session,
                condition: names.condition ?? archived.condition, run: names.run ?? archived.run)
        } catch {
            preconditionFailure("names were checked when the decision was read")
        }
    }

    /// The recordings that share their name with another, by their ids in the archive, each with
    /// the id of another one.
    ///
    /// - Parameter archived: The names that the archive gives to all recordings that matter.
    /// - Returns: Those that a decision has renamed; none when all names differ.
    package func duplicates(among archived: [RecordingIdentity]) -> [(id: String, other: String)] {
        guard !isEmpty else { return [] }
        let names = archived.map { identity(of: $0).id }
        let groups = Dictionary(grouping: archived.indices) { names[$0] }
        return archived.indices.compactMap { index in
            guard let other = groups[names[index]]?.first(where: { $0 != index }),
                decision(about: archived[index].id) != nil
            else { return nil }
            return (archived[index].id, archived[other].id)
        }
    }

    private static func place(_ id: String) -> [Substring] { id.split(separator: "/") }
}
