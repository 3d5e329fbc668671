import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// A text in a folder of its own, read by a template.
enum TextExport {
    /// Reads a text by the members of `delimited`.
    static func read(
        _ text: String, _ delimited: String, more: String = "",
        options: ReadOptions = ReadOptions(), sides: [String: String] = [:]
    ) throws -> IngestOutcome {
        try read(Array(text.utf8), delimited, more: more, options: options, sides: sides)
    }

    /// Reads bytes by the members of `delimited`.
    static func read(
        _ bytes: [UInt8], _ delimited: String, more: String = "",
        options: ReadOptions = ReadOptions(), sides: [String: String] = [:]
    ) throws -> IngestOutcome {
        try place(bytes, sides: sides) { url in
            try ReaderConformance.check(try reader(delimited, more: more), url, options: options)
        }
    }

    /// All parts of a text.
    static func parts(
        _ text: String, _ delimited: String, more: String = "",
        options: ReadOptions = ReadOptions(parts: .all)
    ) throws -> [IngestedRecording] {
        try place(Array(text.utf8)) { url in
            try Ingestion(reader: try reader(delimited, more: more), options: options).take(url)
        }
    }

    /// The fault of a text.
    static func fault(
        _ text: String, _ delimited: String, more: String = "",
        options: ReadOptions = ReadOptions(), sides: [String: String] = [:]
    ) throws -> IngestError {
        try place(Array(text.utf8), sides: sides) { url in
            let reader = try reader(delimited, more: more)
            return try #require(
                #expect(throws: IngestError.self) { try reader.read(url, options: options) })
        }
    }

    /// Writes a file `p1_a.csv` and others beside it.
    static func place<Result>(
        _ bytes: [UInt8], sides: [String: String] = [:], name: String = "p1_a.csv",
        _ body: (URL) throws -> Result
    ) throws -> Result {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: name)
        try Data(bytes).write(to: url)
        for (name, text) in sides {
            try Data(text.utf8).write(to: folder.url.appending(path: name))
        }
        return try body(url)
    }

    static func reader(_ delimited: String, more: String = "") throws -> DelimitedReader {
        let template = try SourceTemplate(
            "\(more)\ndelimited: \(delimited)", document: "t.yaml", name: "t")
        return try #require(DelimitedReader(template))
    }

    /// The label of each row.
    static func labels(_ outcome: IngestOutcome) throws -> [String] {
        let labels = try #require(outcome.recording.labels)
        return labels.values.map { labels.classNames[Int($0)] }
    }
}
