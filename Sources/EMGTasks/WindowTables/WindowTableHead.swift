import Documents
import EMGArchive
import EMGFeatures
import EMGSignal

/// What a table says beside its rows.
struct WindowTableHead: Sendable {
    static let format = "myotask.windows"
    static let formatVersion = 1

    /// A recording that rows come from.
    struct Origin: Sendable {
        let id: String
        let samplingRate: Double
        let sampleCount: Int
        let windowLength: Int
        let windows: Int
        /// Windows that are left out because of the recording's quality, by kind.
        let leftOut: [String: Int]
        let source: String
        let sourceSHA256: String

        /// The recording as files tell it.
        var document: DocumentValue {
            .object([
                "id": .string(id), "sampling_rate_hz": .number(samplingRate),
                "sample_count": .integer(sampleCount), "window_length": .integer(windowLength),
                "windows": .integer(windows), "left_out": .counts(leftOut),
                "source_name": .string(source), "source_sha256": .string(sourceSHA256),
            ])
        }
    }

    let windowCount: Int
    let recordings: [Origin]
    let classes: [String]
    let channels: [Channel]
    let samplingRate: Double
    let length: Int
    let stride: Int
    let labelRule: String
    let content: WindowSelection.Content
    /// What of the recordings' quality is in no window, by the names of a configuration.
    let excluded: [String]
    /// The names of the features of one channel.
    let featureNames: [String]

    init(_ survey: WindowSurvey, _ selection: WindowSelection, features: SlidingFeatures?) {
        windowCount = survey.windowCount
        recordings = survey.recordings.map { member in
            Origin(
                id: member.entry.id, samplingRate: member.header.samplingRate.hertz,
                sampleCount: member.header.sampleCount, windowLength: member.layout.length,
                windows: member.windows.count, leftOut: member.leftOut.byKind.byName,
                source: member.header.source.name,
                sourceSHA256: member.header.source.sha256)
        }
        classes = survey.classes
        channels = survey.channels
        samplingRate = survey.samplingRate.hertz
        length = survey.layout.length
        stride = survey.layout.stride
        labelRule = selection.labelRule.name
        content = selection.content
        excluded = QualityPolicy.names(selection.quality.exclude)
        featureNames = features?.features.flatMap(\.columnNames) ?? []
    }

    /// The numbers of one row beside its origin, by dimension.
    var rowShape: [Int] {
        switch content {
        case .starts: []
        case .samples: [channels.count, length]
        case .features: [channels.count, featureNames.count]
        }
    }

    /// What the rows hold, as files tell it.
    var contentName: String {
        switch content {
        case .starts: "starts"
        case .samples: "windows"
        case .features: "features"
        }
    }
}
