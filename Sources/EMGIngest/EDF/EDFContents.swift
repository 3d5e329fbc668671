internal import EMGFormats
internal import EMGSignal
import PrintableText

/// What is known of a file before its samples are read.
struct EDFContents: Sendable, Hashable {
    let file: String
    let header: EDFHeader
    let extent: EDFExtent
    let scan: EDFAnnotationScan

    /// Reads the header and the annotations of a file.
    init(
        _ source: PositionedFile, as format: EDFFormat, isForced: Bool
    ) throws(IngestError) {
        file = source.name
        header = try EDFHeader.read(source, as: format, isForced: isForced)
        guard !header.ordinary.isEmpty else {
            throw IngestError(
                .noSamples(found: "annotations only"), at: SourceLocation(file: file),
                hint: "such a file goes with a recording that has the samples")
        }
        extent = try EDFExtent(header, size: source.byteCount, file: file)
        scan = try EDFAnnotationScan(source, header: header, extent: extent)
    }

    /// What the header says, for a recording's history. Names and birth dates are left out.
    func details(of part: EDFPart) -> [String: ProcessingStep.Value] {
        var details: [String: ProcessingStep.Value] = [
            "bits": .integer(8 * header.format.sampleBytes),
            "records": .integer(extent.recordCount),
            "record_duration_s": .number(header.recordDuration),
        ]
        details["file_type"] = header.isPlus ? .text(header.reserved) : nil
        details["start"] = header.start.text.map { .text($0) }
        details["patient_code"] = header.patient.code.map { .text($0) }
        details["patient_sex"] = header.patient.sex.map { .text($0) }
        if !header.equipment.isEmpty { details["equipment"] = .text(header.equipment) }
        func list(_ texts: [String]) -> ProcessingStep.Value? {
            let first = texts.first ?? ""
            if texts.allSatisfy({ $0 == first }) { return first.isEmpty ? nil : .text(first) }
            return .list(texts.map { .text($0) })
        }
        details["prefilter"] = list(part.signals.map(\.prefilter))
        details["transducer"] = list(part.signals.map(\.transducer))
        return details
    }

    /// The channels of a part: names that are unique, units as the header has them.
    ///
    /// - Parameters:
    ///   - part: The part.
    ///   - unit: The unit when nothing says it.
    ///   - stated: The unit that side files tell of a signal whose header has none.
    /// - Returns: The channels, and what was changed or assumed.
    func channels(
        of part: EDFPart, unit: String, stated: (EDFSignal) -> String?
    ) -> (channels: [Channel], warnings: [IngestWarning]) {
        var warnings: [IngestWarning] = []
        var renamed: [String] = []
        var unitless: [String] = []
        let names = UniqueNames.numbered(
            part.signals.map { $0.label.isEmpty ? "signal \($0.number + 1)" : $0.label },
            given: part.signals.map(\.label))
        var channels: [Channel] = []
        for (name, signal) in zip(names, part.signals) {
            if name != signal.label { renamed.append("\(signal.title) to \"\(name)\"") }
            let own = signal.dimension.isEmpty ? stated(signal) : signal.dimension
            if own == nil { unitless.append(name) }
            channels.append(Channel(name: name, unit: own ?? unit))
        }
        if let first = renamed.first {
            warnings.append(
                IngestWarning(
                    .headerFault, at: SourceLocation(file: file, field: "label", byte: 256),
                    count: renamed.count,
                    message: "labels that are blank or stand twice were changed: \(first)"
                        + (renamed.count > 1 ? " and \(renamed.count - 1) more" : "")))
        }
        if let first = unitless.first {
            warnings.append(
                IngestWarning(
                    .assumption, at: SourceLocation(file: file, field: "dimension"),
                    count: unitless.count,
                    message:
                        "\(unitless.count, of: "channel has", plural: "channels have") no "
                        + "physical dimension, first \"\(first)\": assumed \(unit)"))
        }
        return (channels, warnings)
    }
}
