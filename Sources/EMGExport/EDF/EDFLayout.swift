internal import EMGFormats
internal import EMGSignal
import PrintableText

/// Everything about a file that is settled before its first record.
struct EDFLayout {
    /// Rows and records.
    let plan: RecordPlan
    /// How the channels are coded.
    let codings: [ChannelCoding]
    /// The labels of the channels.
    let labels: [String]
    /// The segments of one label.
    let runs: [LabelTrack.Run]
    /// The texts of the classes; empty for what is no label.
    let classTexts: [String]
    /// The quality problems by rows.
    let qualityMarks: [QualityMark]
    /// What is annotated.
    let annotations: AnnotationPlan
    /// The header.
    let headerBytes: [UInt8]
    /// What the format could not take over as it is.
    let notes: [String]

    private static let mostRecords = 99_999_999
    private static let mostSignals = 9_999

    /// Lays out a recording, whose rows are read once.
    ///
    /// - Parameters:
    ///   - header: The recording.
    ///   - rows: Its rows.
    ///   - format: EDF+ or BDF+.
    ///   - start: When it began, where that is known.
    /// - Returns: The layout.
    /// - Throws: ``ExportError`` when the format cannot hold the recording.
    static func plan<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, format: EDFFormat, start: EDFStartTime?
    ) throws(ExportError) -> EDFLayout {
        guard header.sampleCount > 0 else { throw unsuitable(header, "it has no samples") }
        guard header.channels.count < mostSignals else {
            throw unsuitable(
                header,
                "\(header.channels.count, of: "channel is", plural: "channels are") more than "
                    + "a header can count"
            )
        }
        let gaps = header.gapRows
        let survey: SignalSurvey
        do {
            survey = try SignalSurvey.scan(header, rows: rows, gaps: gaps)
        } catch {
            throw ExportError(.unreadable(reason: "\(error)"), of: header.identity.id)
        }
        guard let plan = RecordPlan(header, survey: survey, gaps: gaps, format: format) else {
            throw unsuitable(
                header, "eight characters cannot hold a record of \(header.samplingRate.hertz) Hz")
        }
        guard plan.recordCount <= mostRecords else {
            throw unsuitable(
                header,
                "\(plan.recordCount, of: "record is", plural: "records are") more than a "
                    + "header can count"
            )
        }
        let codings = try codings(of: header, survey: survey, format: format)
        let labels = HeaderText.labels(header.channels.map(\.name))
        let classNames = ClassTexts(header.classNames ?? [])
        let annotations = AnnotationPlan(
            plan, header: header, survey: survey, labels: labels, classNames: classNames.texts,
            format: format)
        let signals = EDFHeaderText.Signals(
            codings: codings, labels: labels, annotationBytes: annotations.recordBytes)
        return EDFLayout(
            plan: plan, codings: codings, labels: labels, runs: survey.runs,
            classTexts: classNames.texts,
            qualityMarks: QualityMark.all(of: header, survey: survey, labels: labels),
            annotations: annotations,
            headerBytes: EDFHeaderText.bytes(
                header, plan: plan, signals: signals, format: format, start: start),
            notes: plan.notes + classNames.notes
                + notes(
                    header, survey: survey, plan: plan, codings: codings, labels: labels,
                    format: format))
    }

    private static func unsuitable(
        _ header: RecordingHeader, _ reason: String, hint: String = ""
    ) -> ExportError {
        ExportError(.unsuitable(reason: reason), of: header.identity.id, hint: hint)
    }

    private static func codings(
        of header: RecordingHeader, survey: SignalSurvey, format: EDFFormat
    ) throws(ExportError) -> [ChannelCoding] {
        var codings: [ChannelCoding] = []
        for (index, stored) in header.channels.enumerated() {
            // An archive of an older version may have a unit in another spelling.
            let channel = Channel(
                name: stored.name, unit: UnitTable.reading(of: stored.unit)?.unit ?? stored.unit)
            guard
                let coding = ChannelCoding.choose(
                    survey.channels[index], channel: channel, scale: header.scaling.scale[index],
                    offset: header.scaling.offset[index], format: format)
            else {
                throw unsuitable(
                    header,
                    "eight characters cannot hold the range of channel \(channel.name) in "
                        + channel.unit, hint: "scale the samples to another unit first")
            }
            codings.append(coding)
        }
        return codings
    }

    private static func notes(
        _ header: RecordingHeader, survey: SignalSurvey, plan: RecordPlan,
        codings: [ChannelCoding], labels: [String], format: EDFFormat
    ) -> [String] {
        var notes: [String] = []
        let lossy = zip(header.channels, codings).filter { $0.1.loss != nil }
        if let (channel, coding) = lossy.first {
            let advice = format == .edf && coding.isRounded ? "; BDF keeps 24 bits" : ""
            notes.append(
                "not written exactly: \(lossy.count) of \(header.channels.count, of: "channel"), "
                    + "first \(channel.name): \(coding.loss ?? "")\(advice)")
        }
        let missing = survey.channels.filter { !$0.nonFinite.isEmpty }.count
        if missing > 0 {
            notes.append(
                "\(missing, of: "channel has", plural: "channels have") samples that are not "
                    + "finite: the format has no such "
                    + "numbers; they are written as 0 and annotated as BAD_non-finite")
        }
        let renamed = zip(header.channels.map(\.name), labels).filter { $0 != $1 }
        if let (name, label) = renamed.first {
            notes.append(
                "\(renamed.count) channel names do not fit into 16 characters of ASCII, first "
                    + "\(name), written as \(label)")
        }
        if plan.fill > 0 {
            notes.append(
                "\(plan.fill, of: "sample fills", plural: "samples fill") up the last record; "
                    + "they repeat the last one and are annotated as \(QualityAnnotation.fill)")
        }
        if header.hasTimeStamps {
            notes.append("time stamps are not kept: samples are evenly spaced in the file")
        }
        if !header.targets.isEmpty { notes.append(header.targetsNote) }
        return notes
    }
}
