private import Documents

/// Decisions as lines of JSON: the same bytes for the same decisions. Each number is the shortest
/// that reads back as the same double.
package struct DecisionJSON: Sendable {
    private let classNames: [[UInt8]]
    private let hasStamps: Bool
    private var text = ByteText()

    /// - Parameters:
    ///   - classNames: The classes in the order of the model's outputs.
    ///   - hasStamps: Whether each line says when the last sample arrived and when it was decided.
    package init(classNames: [String], hasStamps: Bool) {
        self.classNames = classNames.map { Array(DocumentValue.string($0).json().utf8) }
        self.hasStamps = hasStamps
    }

    /// What was appended.
    package var bytes: [UInt8] { text.bytes }

    /// Drops what was appended and keeps the room.
    package mutating func removeAll() { text.bytes.removeAll(keepingCapacity: true) }

    /// Appends a line.
    package mutating func append(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        let output = record.output
        text.append(#"{"decision":"#)
        text.append(record.decision?.index)
        text.append(#","sample":"#)
        text.append(record.decision?.sample)
        text.append(#","class":"#)
        if let label = output.label, classNames.indices.contains(label) {
            text.bytes += classNames[label]
        } else {
            text.append("null")
        }
        text.append(#","label":"#)
        text.append(output.label)
        text.append(#","likeliest":"#)
        text.append(record.decision?.likeliestClass)
        text.append(#","velocity":"#)
        text.append(output.velocity)
        text.append(#","state":""#)
        text.append(output.state.rawValue)
        text.append(#"","probabilities":["#)
        for index in probabilities.indices {
            if index > 0 { text.append(",") }
            text.append(probabilities[index])
        }
        text.append("]")
        if let cause = record.cause {
            text.append(#","cause":""#)
            text.append(cause.name)
            text.append("\"")
        }
        if hasStamps {
            text.append(#","arrival_ns":"#)
            text.append(Int(record.arrival))
            text.append(#","decision_ns":"#)
            text.append(Int(record.decided))
        }
        text.append("}\n")
    }
}

/// Text as bytes.
private struct ByteText {
    var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(1 << 14)
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ number: Int?) {
        guard let number else { return append("null" as StaticString) }
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[first...].reverse()
    }

    mutating func append(_ number: Double) {
        guard number.isFinite else { return append("null" as StaticString) }
        append(number.description)
    }
}
