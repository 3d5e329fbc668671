internal import Foundation
internal import PrintableText

/// What the header of a stream says.
struct XDFStreamInfo: Sendable, Hashable {
    /// How values are stored.
    enum Format: String, Sendable, Hashable {
        case int8
        case int16
        case int32
        case int64
        case float32
        case double64
        case string

        /// The bytes of a value; 0 for texts, which have lengths of their own.
        var byteCount: Int {
            switch self {
            case .int8: 1
            case .int16: 2
            case .int32, .float32: 4
            case .int64, .double64: 8
            case .string: 0
            }
        }
    }

    /// A channel as the description has it.
    struct Channel: Sendable, Hashable {
        let label: String
        let unit: String
        let type: String
    }

    /// The most channels: no device has more, and a sample must fit into memory.
    static let mostChannels = 4_096

    /// Its number in the file.
    let id: UInt32
    let name: String
    /// What it is: `EMG`, `Markers`, `Accelerometer`, …
    let type: String
    let format: Format
    let channelCount: Int
    /// Samples a second as the device declares them; 0 when they come at no fixed rate.
    let nominalHertz: Double
    /// The channels that are described; fewer or more than there are say nothing.
    let channels: [Channel]
    /// What made it, for the history.
    let manufacturer: String

    /// The bytes of a sample without its time.
    var sampleBytes: Int { format.byteCount * channelCount }
    /// The seconds between samples; 0 when there is no rate.
    var step: Double { nominalHertz > 0 ? 1 / nominalHertz : 0 }

    /// Its name and number, for messages.
    var title: String { "stream \(id) \"\(name)\"" }

    /// Whether samples may be left out by design (video), so that times must not be evened out.
    let canDropSamples: Bool

    /// Whether its values are marks in time.
    var isMarkers: Bool {
        if format == .string { return true }
        let words: Set<String> = ["markers", "marker", "events", "event", "stim", "trigger"]
        return nominalHertz == 0 && words.contains(type.lowercased())
    }

    init(_ root: MarkupNode, id: UInt32, at location: SourceLocation) throws(IngestError) {
        self.id = id
        func text(_ name: String) -> String { root.child(name)?.trimmedText ?? "" }
        name = text("name")
        type = text("type")
        func fault(_ field: String, _ expected: String, _ found: String) -> IngestError {
            IngestError(
                .malformed(expected: expected, found: found.isEmpty ? "none" : "\"\(found)\""),
                at: SourceLocation(
                    file: location.file, field: field, byte: location.byte,
                    object: location.object),
                hint: "the header of the stream is damaged; record or export it again")
        }
        guard let format = Format(rawValue: text("channel_format").lowercased()) else {
            throw fault(
                "channel_format", "int8, int16, int32, int64, float32, double64 or string",
                text("channel_format"))
        }
        self.format = format
        guard let count = Int(text("channel_count")), (1...Self.mostChannels).contains(count) else {
            throw fault(
                "channel_count", "a number from 1 to \(Self.mostChannels)", text("channel_count"))
        }
        channelCount = count
        let rate = text("nominal_srate")
        guard let hertz = rate.isEmpty ? 0 : Double(rate),
            hertz == 0 || (1e-3...1e7).contains(hertz)
        else { throw fault("nominal_srate", "a rate in hertz, or 0", rate) }
        nominalHertz = hertz
        let description = root.child("desc")
        let list = description?.child("channels")?.children.filter { $0.name == "channel" } ?? []
        channels = list.prefix(Self.mostChannels + 1).map { node in
            Channel(
                label: node.child("label")?.trimmedText ?? "",
                unit: node.child("unit")?.trimmedText ?? "",
                type: node.child("type")?.trimmedText ?? "")
        }
        manufacturer =
            description?.child("acquisition")?.child("manufacturer")?.trimmedText
            ?? description?.child("manufacturer")?.trimmedText ?? ""
        canDropSamples =
            description?.child("synchronization")?.child("can_drop_samples")?.trimmedText
            .lowercased() == "true"
    }
}
