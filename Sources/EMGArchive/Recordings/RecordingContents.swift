/// What a recording's file holds beside samples, labels and time stamps, in plain values: moved in
/// and out of the file under the library's lock, and interpreted outside it.
struct RecordingContents: Sendable {
    var patient: String
    var session: String
    var condition: String
    var run: String
    var samplingRate: Double
    var effectiveRate: Double
    var unit: String
    var software: String
    var sourceName: String
    var sourceSHA256: String
    var history: String
    var channelNames: [String]
    var channelUnits: [String]
    var scale: [Double]
    var offset: [Double]
    /// `[samples, channels]`.
    var shape: [Int]
    var classNames: [String]?
    var hasTimeStamps: Bool
    /// Rows of start, stop, channel (-1 for all), kind.
    var quality: [Int64]
    /// The digest in the file; `nil` when another program left it out, or it is not known yet.
    var contentSHA256: String?
    /// The target tracks in order.
    var targets: [Target] = []

    /// A target track, but its values.
    struct Target: Sendable {
        let name: String
        let unit: String
        let dimensions: [String]

        /// The dataset of its values, `[samples, dimensions]`.
        var path: String { "\(RecordingNames.targets)/\(name)" }
    }
}
