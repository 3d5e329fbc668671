internal import EMGSignal
internal import Foundation
import PrintableText

/// Whether the places of many sources, taken together, tell whose recordings they are.
///
/// Two readings of a place are both right as long as nobody says otherwise, and one of them makes
/// one person of several or several of one. A place is clear when its names say what they are, or
/// when there is nothing to mix it up with.
struct LayoutSurvey: Sendable {
    /// The sources, by number, whose places leave open whose they are.
    let open: [Int]
    /// The refusal of those.
    let error: IngestError?
    /// What should be known about the places of the others, few lines however many they are.
    let warnings: [IngestWarning]

    /// How many places are reported one by one.
    private static let mostReported = 10

    /// Looks at the places of all sources of a search.
    init(_ sources: [SourceFinding]) {
        var open = sources.indices.filter { sources[$0].reading?.isCertain == false }
        if sources.count == 1 || Self.isOneSeries(open.map { sources[$0] }) { open = [] }
        open += Self.inSeveralScopes(sources)
        self.open = Set(open).sorted()
        error = Self.refusal(self.open.map { sources[$0] })
        let refused = Set(self.open)
        warnings = Self.bounded(
            sources.indices.filter { !refused.contains($0) }.flatMap { sources[$0].warnings })
    }

    /// Whether all open places are files of one folder with one beginning, as `x_1.csv` and
    /// `x_2.csv`: nobody can be mixed up with anybody.
    private static func isOneSeries(_ sources: [SourceFinding]) -> Bool {
        let readings = sources.compactMap(\.reading)
        return readings.allSatisfy(\.isPrefixGuess) && Set(readings.map(\.patient)).count == 1
            && Set(readings.map(\.scope)).count == 1
    }

    /// Sources of a patient whose name stands in several places: one person or several.
    private static func inSeveralScopes(
        _ sources: [SourceFinding]
    ) -> [Int] {
        var members: [String: [Int]] = [:]
        for (index, source) in sources.enumerated() {
            guard let reading = source.reading else { continue }
            members[reading.patient, default: []].append(index)
        }
        return members.values.filter { members in
            Set(members.map { sources[$0].reading?.scope }).count > 1
        }.flatMap { $0 }
    }

    private static func refusal(_ sources: [SourceFinding]) -> IngestError? {
        guard let first = sources.first else { return nil }
        let readings = sources.prefix(mostReported).map { source in
            let identity = source.source.identity
            return "\(source.source.url.relativePath): patient \(identity.patient), session "
                + "\(identity.session), condition \(identity.condition)"
        }
        let layout = layout(of: sources.map(\.source.url))
        let pattern = layout.replacing(#/patient|session|condition/#) { "{\($0.output)}" }
            .replacing("*", with: "{*}")
        return IngestError(
            .openLayout(count: sources.count, readings: readings),
            at: SourceLocation(file: first.source.url.deletingLastPathComponent().relativePath),
            hint: "say which part of the path is what, such as --layout \(layout), or in a "
                + "template path: \"\(pattern).csv\"; --patient NAME when all are one person's")
    }

    /// A layout of as many parts as the sources have below the folder that holds them all.
    private static func layout(of urls: [URL]) -> String {
        let paths = urls.map {
            $0.absoluteURL.standardizedFileURL.deletingLastPathComponent().pathComponents
        }
        let shared = (0..<(paths.map(\.count).min() ?? 0)).prefix { depth in
            paths.allSatisfy { $0[depth] == paths[0][depth] }
        }.count
        switch (paths.map(\.count).max() ?? 0) - shared {
        case ...0: return "patient_condition"
        case 1: return "patient/condition"
        case 2: return "patient/session/condition"
        case let depth:
            return String(repeating: "*/", count: depth - 2) + "patient/session/condition"
        }
    }

    /// What is said of many places alike, said once with an example.
    private static func bounded(_ warnings: [IngestWarning]) -> [IngestWarning] {
        guard warnings.count > mostReported, let first = warnings.first else { return warnings }
        return [
            IngestWarning(
                .identity, at: first.location, count: warnings.count,
                message:
                    "\(first.message); the names of \(warnings.count - 1, of: "more file") "
                    + "are read in such ways, too")
        ]
    }
}
