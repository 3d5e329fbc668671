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
    }

    /// What the rows hold beside their origins, by the names that files have.
    enum Content: String, Sendable, CaseIterable {
        case starts
        case samples = "windows"
        case features
    }

    /// How many rows there are.
    var windowCount: Int
    /// The recordings that rows come from, in the order of the table.
    var recordings: [Origin]
    /// The number of the first of them in the table: 0 but for a part of one.
    var firstRecording = 0
    let classes: [String]
    let channels: [Channel]
    let samplingRate: Double
    let length: Int
    let stride: Int
    let labelRule: String
    let content: Content
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
        content =
            switch selection.content {
            case .starts: .starts
            case .samples: .samples
            case .features: .features
            }
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

    /// The head of a part of the table.
    ///
    /// - Parameter range: Which of the recordings.
    /// - Returns: The head, with these recordings.
    func part(_ range: Range<Int>) -> WindowTableHead {
        var part = self
        part.recordings = Array(recordings[range])
        part.firstRecording = range.lowerBound
        part.windowCount = part.recordings.reduce(0) { $0 + $1.windows }
        return part
    }

    /// The head of a table whose parts follow each other.
    ///
    /// - Parameter parts: Their heads, at least one, the first of which begins the table.
    init(joining parts: [WindowTableHead]) {
        self = parts[0]
        recordings = parts.flatMap(\.recordings)
        windowCount = parts.reduce(0) { $0 + $1.windowCount }
    }
}
