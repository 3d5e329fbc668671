import EMGIngest
import PrintableText

/// Inspected recordings as a table: one line for each.
struct InspectionTable {
    let inspections: [RecordingInspection]

    /// The table for a terminal.
    var text: String {
        var table = TextTable(
            "recording", "identity", ">seconds", ">Hz", ">channels", "classes", ">cycles",
            "findings", ">warnings")
        for inspection in inspections {
            table.add(
                Self.name(of: inspection), inspection.identity?.printable(limit: 100) ?? "-",
                inspection.durationSeconds.brief, inspection.rate.hertz.brief,
                "\(inspection.channels.count)", Self.classes(of: inspection),
                inspection.labels?.cycles.map { "\($0.completeCycles)" } ?? "-",
                Self.findings(of: inspection), "\(inspection.warnings.count)")
        }
        return table.text
    }

    private static func name(of inspection: RecordingInspection) -> String {
        let file = inspection.file.printable(limit: 200)
        return inspection.part.map { "\(file) (\($0.printable(limit: 60)))" } ?? file
    }

    private static func classes(of inspection: RecordingInspection) -> String {
        guard let labels = inspection.labels else { return "none" }
        return labels.classes.prefix(6).map { $0.name.printable(limit: 20) }
            .joined(separator: " ")
            + (labels.classes.count > 6 ? " … (\(labels.classes.count))" : "")
    }

    /// The findings: gaps, and channels by what was found in them.
    private static func findings(of inspection: RecordingInspection) -> String {
        let channels = inspection.channels
        let counts: [(Int, String)] = [
            (channels.count { $0.nonFiniteSamples > 0 }, "missing"),
            (channels.count { $0.saturatedSamples > 0 }, "saturated"),
            (channels.count { $0.flatSamples > 0 }, "flat"),
            (channels.count { $0.mainsHum.contains(where: \.isPresent) }, "hum"),
        ]
        var parts = counts.filter { $0.0 > 0 }.map { "\($0.1) in \($0.0)" }
        if inspection.gaps.count > 0 {
            parts.insert("\(inspection.gaps.count, of: "gap")", at: 0)
        }
        return parts.isEmpty ? "-" : parts.joined(separator: ", ")
    }
}
