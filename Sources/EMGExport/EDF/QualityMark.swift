internal import EMGFormats
internal import EMGSignal

/// Something that is the matter with some rows, as an annotation.
struct QualityMark: Sendable, Hashable {
    /// The rows of the recording.
    let rows: SampleRange
    /// The quality problem, and its channel.
    let text: String

    /// The marks of a recording; gaps, which are places between rows, are none.
    ///
    /// - Parameters:
    ///   - header: The recording.
    ///   - survey: What its rows hold: samples that are not finite are counted, not believed.
    ///   - labels: The labels of the channels in the file.
    /// - Returns: The marks, by kind of source, in the order of the recording.
    static func all(
        of header: RecordingHeader, survey: SignalSurvey, labels: [String]
    ) -> [QualityMark] {
        var marks: [QualityMark] = []
        for interval in header.quality where interval.kind != .gap && interval.kind != .nonFinite {
            let channel = interval.channel.map { EDFText.channelMark + labels[$0] } ?? ""
            marks.append(
                QualityMark(
                    rows: interval.range, text: QualityAnnotation.text(of: interval.kind) + channel)
            )
        }
        for (channel, label) in zip(survey.channels, labels) {
            for rows in channel.nonFinite {
                marks.append(
                    QualityMark(
                        rows: rows,
                        text: QualityAnnotation.text(of: .nonFinite) + EDFText.channelMark + label))
            }
        }
        return marks
    }
}
