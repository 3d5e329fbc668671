internal import Foundation
internal import PrintableText

/// An annotation file in the MIT format: words of 16 bits, low byte first, whose upper six bits
/// are a code and whose lower ten are the time since the annotation before.
struct WFDBAnnotationFile: Sendable, Hashable {
    /// The file as the caller named it.
    let file: String
    /// The annotations in the order of the file, comments that describe the file left out.
    let annotations: [WFDBAnnotation]
    /// Samples a second of its clock; `nil` when it is the record's.
    let timeResolution: Double?
    /// What codes stand for, where the file itself says so.
    let definitions: [Int: String]
    /// What is odd about it.
    let warnings: [IngestWarning]

    /// A million annotations with texts have some ten million bytes.
    private static let largestBytes = 64 << 20

    /// Reads an annotation file.
    static func read(_ url: URL) throws(IngestError) -> WFDBAnnotationFile {
        let file = try PositionedFile(url)
        guard file.byteCount <= largestBytes else {
            throw IngestError(
                .unsupported(feature: "an annotation file of \(file.byteCount, of: "byte")"),
                at: SourceLocation(file: file.name))
        }
        return try WFDBAnnotationFile(
            try file.bytes(at: 0, count: file.byteCount), file: file.name)
    }

    /// Whether a file is of this format by its structure from the first byte to the last.
    ///
    /// - Throws: ``IngestError`` when it cannot be read, so that nobody can tell.
    static func isOne(_ url: URL) throws(IngestError) -> Bool {
        do throws(IngestError) {
            let file = try read(url)
            return file.warnings.isEmpty && !file.annotations.isEmpty
        } catch {
            switch error.kind {
            case .unreadable, .machine: throw error
            default: return false
            }
        }
    }

    init(_ bytes: [UInt8], file: String) throws(IngestError) {
        var words = Words(bytes: bytes, file: file)
        var found: [WFDBAnnotation] = []
        var warnings: [IngestWarning] = []
        var time = 0
        reading: while true {
            guard words.left >= 2 else {
                warnings.append(
                    IngestWarning(
                        .truncated, at: SourceLocation(file: file, byte: words.position),
                        message: "the annotations have no end: the file may have been cut"))
                break
            }
            let start = words.position
            let word = try words.next()
            let (code, value) = (word >> 10, word & 0x3FF)
            switch code {
            case 0 where value == 0:
                break reading
            case Code.skip:
                let high = try words.next()
                let low = try words.next()
                time += Int(Int32(truncatingIfNeeded: high << 16 | low))
            case Code.number, Code.subtype, Code.channel:
                break
            case Code.text:
                let text = try words.text(count: value)
                guard !found.isEmpty else { throw words.orphan("a text", at: start) }
                found[found.count - 1].text = text
            default:
                time += value
                // Code 0 with a time moves the clock and marks nothing.
                if code > 0 { found.append(WFDBAnnotation(time: time, code: code)) }
            }
        }
        if words.left > 0, warnings.isEmpty {
            warnings.append(
                IngestWarning(
                    .events, at: SourceLocation(file: file, byte: words.position),
                    message:
                        "not used: \(words.left, of: "byte") behind the end of the annotations")
            )
        }
        self.file = file
        let preamble = Preamble(found)
        annotations = preamble.rest
        timeResolution = preamble.timeResolution
        definitions = preamble.definitions
        self.warnings = warnings
    }

    /// Codes that belong to the annotation before them, or to the clock.
    private enum Code {
        static let skip = 59
        static let number = 60
        static let subtype = 61
        static let channel = 62
        static let text = 63
    }
}

/// The words of an annotation file.
private struct Words {
    let bytes: [UInt8]
    let file: String
    var position = 0

    var left: Int { bytes.count - position }

    mutating func next() throws(IngestError) -> Int {
        guard left >= 2 else { throw cut("a word") }
        defer { position += 2 }
        return Int(bytes[position]) | Int(bytes[position + 1]) << 8
    }

    /// A text, padded to whole words.
    mutating func text(count: Int) throws(IngestError) -> String {
        guard left >= count else { throw cut("a text of \(count, of: "byte")") }
        let text = bytes[position..<position + count].prefix { $0 != 0 }
        position = min(bytes.count, position + count + count % 2)
        return ForeignText.decode(text).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func cut(_ what: String) -> IngestError {
        IngestError(
            .malformed(expected: what, found: "\(left, of: "byte")"),
            at: SourceLocation(file: file, byte: position),
            hint: "the annotation file was cut or is none; without it the samples can be read")
    }

    func orphan(_ what: String, at byte: Int) -> IngestError {
        IngestError(
            .malformed(expected: "an annotation", found: "\(what) that belongs to none"),
            at: SourceLocation(file: file, byte: byte),
            hint: "the annotation file is damaged or is none; without it the samples can be read")
    }
}

/// Comments at the start of an annotation file that describe the file itself.
private struct Preamble {
    var rest: [WFDBAnnotation] = []
    var timeResolution: Double?
    var definitions: [Int: String] = [:]

    init(_ annotations: [WFDBAnnotation]) {
        var isDefining = false
        for annotation in annotations {
            guard annotation.time == 0, annotation.code == WFDBAnnotation.note,
                annotation.text.hasPrefix("## ") || isDefining
            else {
                rest.append(annotation)
                continue
            }
            let text = annotation.text
            if let value = text.split(separator: "## time resolution:").first, text != value {
                let number = Double(value.drop { $0 == " " })
                if let number, number.isFinite, number > 0 { timeResolution = number }
            } else if text == "## annotation type definitions" {
                isDefining = true
            } else if text == "## end of definitions" {
                isDefining = false
            } else if isDefining {
                // The code, its mnemonic, what it stands for.
                let parts = text.split(separator: " ", maxSplits: 2)
                if parts.count >= 2, let code = Int(parts[0]) {
                    definitions[code] = String(parts[parts.count - 1])
                }
            }
        }
    }
}
