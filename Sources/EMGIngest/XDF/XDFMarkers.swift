internal import Foundation
internal import PrintableText

/// The marks in time of a file: those of its streams of markers.
struct XDFMarkers: Sendable, Hashable {
    /// A mark.
    struct Mark: Sendable, Hashable {
        /// Seconds by the clock of the recording.
        let time: Double
        let name: String
    }

    private static let mostMarks = 500_000
    private static let mostTextBytes = 16 << 20
    private static let longestName = 256

    /// The marks in the order of their times.
    private(set) var marks: [Mark] = []
    /// The streams that have some.
    private(set) var streams: [String] = []
    private(set) var warnings: [IngestWarning] = []

    /// Reads the marks of all streams of markers.
    init(_ source: PositionedFile, _ contents: XDFContents) throws(IngestError) {
        let given = contents.streams.filter { $0.info.isMarkers && $0.sampleCount > 0 }
        // Texts of another type (a log, the answers of a form) are marks when there are no others.
        let named = given.filter { $0.info.type.lowercased().hasPrefix("marker") }
        var textBytes = 0
        for stream in named.isEmpty ? given : named {
            let place = SourceLocation(file: contents.file, object: stream.info.title)
            guard stream.sampleCount <= Self.mostMarks - marks.count else {
                throw IngestError(
                    .unsupported(feature: "a file with more than \(Self.mostMarks) markers"),
                    at: place)
            }
            var clock = XDFClock(times: stream.clockTimes, values: stream.clockValues)
            var samples = XDFSamples(source, contents, stream)
            let before = marks.count
            while let time = try samples.nextTime() {
                let name = try Self.name(&samples, stream.info)
                guard !name.isEmpty else { continue }
                textBytes += name.utf8.count
                guard textBytes <= Self.mostTextBytes else {
                    throw IngestError(
                        .unsupported(feature: "more than 16 MB of markers"), at: place)
                }
                let now = clock.synchronized(time)
                guard abs(now) < 10 * XDFClock.largestTime else { continue }
                marks.append(Mark(time: now, name: name))
            }
            if marks.count > before { streams.append(stream.info.name) }
        }
        marks = marks.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        if streams.count > 1 {
            warnings.append(
                IngestWarning(
                    .events, at: SourceLocation(file: contents.file), count: streams.count,
                    message: "the markers of \(streams.count) streams are labels together: "
                        + streams.map { "\"\($0)\"" }.joined(separator: ", ")))
        }
    }

    /// The texts of a sample that are not empty, or its numbers.
    private static func name(
        _ samples: inout XDFSamples, _ info: XDFStreamInfo
    ) throws(IngestError) -> String {
        if info.format == .string {
            let texts = try samples.texts(limit: longestName).map {
                ForeignText.excerpt($0, limit: longestName)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            }
            return texts.filter { !$0.isEmpty }.prefix(8).joined(separator: " ")
        }
        var numbers: [Float] = []
        try samples.values(of: Array(0..<min(8, info.channelCount)), to: &numbers)
        return numbers.map { number in
            number == number.rounded() && abs(number) < 1e7 ? "\(Int(number))" : "\(number)"
        }.joined(separator: " ")
    }
}
