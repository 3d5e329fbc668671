internal import EMGSignal
internal import Foundation
import PrintableText

/// Makes streams of the analog channels of a file.
struct C3DOpening {
    private let source: PositionedFile
    private let file: String
    private let options: ReadOptions
    private let header: C3DHeader
    private let parameters: C3DParameters
    private let layout: C3DLayout
    private let channels: [C3DChannel]
    private let isUnsigned: Bool
    private let warnings: [IngestWarning]

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        source = try PositionedFile(url)
        file = source.name
        self.options = options
        header = try C3DHeader(source)
        parameters = try C3DParameters(
            Self.section(source, header), processor: header.processor)
        layout = try C3DLayout(
            header, parameters, size: source.byteCount, file: source.name)
        isUnsigned =
            !layout.isReal
            && parameters.texts("ANALOG:FORMAT").first?.uppercased() == "UNSIGNED"
        let (channels, assumed) = try C3DChannel.channels(
            parameters, count: layout.channelCount, isUnsigned: isUnsigned, file: source.name)
        self.channels = channels
        warnings = layout.warnings + assumed
    }

    /// The parameters end where the frames begin; some files have a wrong number of blocks.
    private static func section(
        _ source: PositionedFile, _ header: C3DHeader
    ) throws(IngestError) -> BinaryHeader {
        let start = header.parameterStart
        let first = try BinaryHeader(
            source, at: start, count: 4, order: .littleEndian, what: "a parameter section")
        let blocks = Int(first.bytes[2]) * C3DHeader.blockBytes
        let end = max(header.dataStart, start + blocks)
        let count = min(end, source.byteCount, start + C3DParameters.mostBytes) - start
        return try BinaryHeader(
            source, at: start, count: count, order: header.processor.order,
            what: "a parameter section")
    }

    /// One stream for each part that is asked for.
    func streams() throws(IngestError) -> [any RecordingStream] {
        let hertz = try samplingRate()
        let parts = RatedPart.parts(
            of: channels.map {
                RatedPart.Member(name: $0.name, kind: $0.kind, hertz: hertz.hertz)
            })
        let selected = try options.parts.of(parts, in: file)
        let left = RatedPart.leftOut(
            parts, except: selected.map(\.part), names: channels.map(\.name),
            at: SourceLocation(file: file))
        return selected.map { part, isMain in
            stream(part, isMain: isMain, rate: hertz, warnings: warnings + rateWarnings() + left)
        }
    }

    private func stream(
        _ part: RatedPart, isMain: Bool, rate: SamplingRate, warnings: [IngestWarning]
    ) -> C3DStream {
        var warnings = warnings
        let members = part.members.map { channels[$0] }
        let (events, from, odd) = C3DEvents.read(header, parameters, layout: layout, file: file)
        warnings += odd
        var labels: EventLabels?
        var bad: [QualityInterval] = []
        if !events.isEmpty {
            let (made, marked, strange) = EventLabels.make(
                events, sampleCount: layout.rowCount,
                sampleAt: rate.sample(at:), at: SourceLocation(file: file, object: from))
            labels = made
            bad = marked
            warnings += strange
        }
        warnings += [
            IngestWarning.unitless(
                members.filter { $0.unit == nil }.map(\.name), assuming: options.unit,
                at: SourceLocation(file: file, object: "ANALOG:UNITS"))
        ].compactMap(\.self)
        var metadata = StreamMetadata(
            channels: members.map { Channel(name: $0.name, unit: $0.unit ?? options.unit) },
            rate: .declared(rate, by: "header"),
            labels: labels.map { .classes($0.classNames) } ?? .none,
            sampleCount: layout.rowCount,
            details: details(part, labelsFrom: labels.map { _ in from })
        )
        metadata.part = isMain ? nil : part.name
        if !layout.isReal {
            metadata.scaling = ADCScaling(
                scale: members.map(\.scale),
                offset: members.map { $0.offset == 0 ? 0 : -$0.offset * $0.scale })
        }
        metadata.quality = bad
        metadata.warnings = warnings
        return C3DStream(
            source, layout: layout, processor: header.processor, isUnsigned: isUnsigned,
            channels: zip(part.members, members).map { ($0, $1) }, metadata: metadata,
            labels: labels, missing: options.missing)
    }

    private func details(
        _ part: RatedPart, labelsFrom: String?
    ) -> [String: ProcessingStep.Value] {
        var details: [String: ProcessingStep.Value] = [
            "part": .text(part.name), "processor": .text(header.processor.name),
            "storage": .text(layout.isReal ? "real" : isUnsigned ? "unsigned integer" : "integer"),
            "points": .integer(layout.pointCount), "frames": .integer(layout.frameCount),
            "first_frame": .integer(layout.firstFrame), "frame_rate_hz": .number(layout.frameRate),
            "rows_per_frame": .integer(layout.rowsPerFrame),
        ]
        let descriptions = part.members.map { channels[$0].description }
        if descriptions.contains(where: { !$0.isEmpty }) {
            details["descriptions"] = .list(descriptions.map { .text($0) })
        }
        if let software = parameters.texts("MANUFACTURER:SOFTWARE").first, !software.isEmpty {
            details["software"] = .text(software)
        }
        if let labelsFrom { details["labels_from"] = .text(labelsFrom) }
        return details
    }

    /// Rows a second, by the parameter where it says so.
    private var hertz: Double {
        let stated = parameters.number("ANALOG:RATE") ?? 0
        return stated.isFinite && stated > 0
            ? C3DLayout.decimal(stated) : layout.frameRate * Double(layout.rowsPerFrame)
    }

    private func samplingRate() throws(IngestError) -> SamplingRate {
        try .stated(
            hertz, at: SourceLocation(file: file, field: "frame rate", byte: 20),
            hint: "the header is damaged; say the rate (--rate)")
    }

    /// The rate of analog values is a multiple of that of frames.
    private func rateWarnings() -> [IngestWarning] {
        let byFrames = layout.frameRate * Double(layout.rowsPerFrame)
        guard byFrames > 0, abs(byFrames - hertz) > 1e-3 * hertz else { return [] }
        return [
            IngestWarning(
                .headerFault, at: SourceLocation(file: file, object: "ANALOG:RATE"),
                message: "ANALOG:RATE says \(hertz.brief) Hz, \(layout.rowsPerFrame) rows in each "
                    + "of \(layout.frameRate.brief) frames a second are \(byFrames.brief): "
                    + "ANALOG:RATE counts")
        ]
    }
}
