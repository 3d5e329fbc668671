internal import Foundation
import PrintableText

/// Signals of a record that share a file: their samples follow each other frame by frame.
struct WFDBGroup: Sendable, Hashable {
    /// Where the file lies.
    let url: URL
    /// How samples are stored.
    let format: WFDBFormat
    /// The byte of the first frame.
    let byteOffset: Int
    /// The signals, by their place in the header.
    let signals: [Int]
    /// The samples of one frame, of all signals.
    let frameSamples: Int
    /// Where in a frame each signal of the header begins; 0 for signals of other files.
    let offsets: [Int]

    /// Groups the signals of a header by their files.
    static func groups(
        of header: WFDBHeader, in folder: WFDBFolder
    ) throws(IngestError) -> [WFDBGroup] {
        var names: [String] = []
        var members: [String: [Int]] = [:]
        for (number, signal) in header.signals.enumerated() {
            if members[signal.fileName] == nil { names.append(signal.fileName) }
            members[signal.fileName, default: []].append(number)
        }
        var groups: [WFDBGroup] = []
        for name in names {
            let signals = members[name] ?? []
            let first = header.signals[signals[0]]
            guard first.format != .none else {
                throw IngestError(
                    .noSamples(found: "signals that are only announced (format 0)"),
                    at: SourceLocation(
                        file: header.file, line: first.line, field: "format",
                        object: "signal \(signals[0] + 1)"))
            }
            var offsets = [Int](repeating: 0, count: header.signals.count)
            var samples = 0
            for number in signals {
                let signal = header.signals[number]
                guard signal.format == first.format, signal.byteOffset == first.byteOffset else {
                    throw IngestError(
                        .inconsistent(
                            expected: "format \(first.format.rawValue) from byte "
                                + "\(first.byteOffset) on, as other signals of \(name) have",
                            found: "format \(signal.format.rawValue) from byte "
                                + "\(signal.byteOffset) on"),
                        at: SourceLocation(
                            file: header.file, line: signal.line, field: "format",
                            object: "signal \(number + 1)"),
                        hint: "signals of one file are stored alike; the header is damaged")
                }
                offsets[number] = samples
                samples += signal.samplesPerFrame
            }
            guard samples <= 1 << 20 else {
                throw IngestError(
                    .unsupported(feature: "a frame of \(samples, of: "sample")"),
                    at: SourceLocation(file: header.file, line: first.line))
            }
            groups.append(
                WFDBGroup(
                    url: try folder.file(
                        name, line: first.line, title: "signal \(signals[0] + 1)"),
                    format: first.format, byteOffset: first.byteOffset, signals: signals,
                    frameSamples: samples, offsets: offsets))
        }
        return groups
    }

    /// The whole frames in a file of some bytes.
    func frameCount(inBytes count: Int) -> Int {
        format.sampleCount(inBytes: max(0, count - byteOffset)) / frameSamples
    }
}
