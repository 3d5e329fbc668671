internal import Foundation

/// A device as its XML document describes it: rate, bits, and what each channel of a signal file
/// is.
struct OTBDevice: Sendable, Hashable {
    /// What a channel is.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case emg
        case auxiliary
        case control
        case quaternion
    }

    /// A channel.
    struct Channel: Sendable, Hashable {
        /// Its place in a row of the signal file.
        let position: Int
        /// The name that the file gives it.
        let name: String
        /// What it is.
        let kind: Kind
        /// Its unit.
        let unit: String
        /// Units a number.
        let scale: Double
    }

    /// The device's name.
    let name: String
    /// Rows a second.
    let hertz: Double
    /// The bits that the document says a number has.
    let bits: Int
    /// The numbers in a row.
    let channelCount: Int
    /// The channels that are described, in the order of the rows.
    let channels: [Channel]
    /// What is odd about it.
    let warnings: [IngestWarning]
    /// The devices' word on filters, for the history.
    let filters: [String]

    init(_ root: MarkupNode, at location: SourceLocation) throws(IngestError) {
        let fields = OTBFields(root, location)
        guard root.name == "Device" else {
            throw IngestError(
                .malformed(expected: "an element Device", found: root.name), at: location)
        }
        let name = root.attributes["Name"] ?? ""
        self.name = name
        hertz = try fields.number("SampleFrequency", in: 1e-3...1e6)
        bits = Int(try fields.number("ad_bits", in: 1...64))
        channelCount = Int(try fields.number("DeviceTotalChannels", in: 1...4_096))
        var description = Description(device: name, channelCount: channelCount, location)
        for adapter in root.all("Adapter") { try description.add(adapter) }
        guard !description.channels.isEmpty else {
            throw IngestError(
                .noSamples(found: "a device without channels"), at: location)
        }
        channels = description.channels.values.sorted { $0.position < $1.position }
        warnings = description.warnings
        filters = description.filters
    }

    /// What the adapters of a device say, one after the other.
    private struct Description {
        private let device: String
        private let channelCount: Int
        private let location: SourceLocation
        private(set) var channels: [Int: Channel] = [:]
        private(set) var warnings: [IngestWarning] = []
        private(set) var filters: [String] = []

        init(device: String, channelCount: Int, _ location: SourceLocation) {
            self.device = device
            self.channelCount = channelCount
            self.location = location
        }

        mutating func add(_ adapter: MarkupNode) throws(IngestError) {
            let id = adapter.attributes["ID"] ?? ""
            let fields = OTBFields(adapter, location)
            let start = Int(try fields.number("ChannelStartIndex", in: 0...4_096))
            let conversion = OTBConversion(device: device, adapter: id)
            if let gain = adapter.attributes["Gain"].flatMap(Double.init), gain != 1,
                gain != conversion.gain, conversion.isVoltage
            {
                warnings.append(
                    IngestWarning(
                        .assumption, at: location,
                        message: "adapter \(id) of \(device) says a gain of \(gain.brief): taken "
                            + "for \(conversion.gain.brief), as the device has it"))
            }
            let filter = ["HighPassFilter", "LowPassFilter"].map {
                adapter.attributes[$0] ?? "unknown"
            }
            filters.append("\(id): \(filter.joined(separator: " to ")) Hz")
            for channel in adapter.all("Channel") {
                try add(channel, of: id, from: start, conversion)
            }
        }

        private mutating func add(
            _ channel: MarkupNode, of adapter: String, from start: Int, _ conversion: OTBConversion
        ) throws(IngestError) {
            let index = Int(
                try OTBFields(channel, location).number("Index", in: 0...4_096))
            let position = start + index
            guard position < channelCount, channels[position] == nil else {
                throw IngestError(
                    .inconsistent(
                        expected: "channels with places of their own among \(channelCount)",
                        found: "adapter \(adapter), channel \(index)"), at: location,
                    hint: "the file is damaged; make or copy it again")
            }
            let gain = channel.attributes["Gain"].flatMap(Double.init) ?? 1
            guard gain.isFinite, gain > 0 else {
                throw IngestError(
                    .malformed(expected: "a gain above 0", found: "\(gain)"), at: location)
            }
            let kind = OTBDevice.kind(adapter: adapter, channel: channel.attributes["ID"] ?? "")
            // Control channels count; quaternions are parts of 1.
            let isVoltage = kind == .emg || kind == .auxiliary
            channels[position] = Channel(
                position: position,
                name: OTBDevice.title(channel, adapter: adapter, index: index),
                kind: kind, unit: isVoltage ? "mV" : "count",
                scale: isVoltage
                    ? conversion.range / 65_536 / conversion.gain / gain * 1_000 : 1)
        }
    }

    private static func kind(adapter: String, channel: String) -> Kind {
        let (adapter, channel) = (adapter.lowercased(), channel.lowercased())
        if adapter.contains("quaternion") || channel.hasPrefix("quaternion") { return .quaternion }
        if adapter == "adaptercontrol" || channel.hasPrefix("buffer") || channel.hasPrefix("ramp")
            || channel.hasPrefix("control")
        {
            return .control
        }
        if adapter.hasPrefix("direct connection") || adapter == "adapterloadcell"
            || channel.hasPrefix("aux") || channel.hasPrefix("loadcell")
        {
            return .auxiliary
        }
        return .emg
    }

    /// Muscle, adapter and number, as far as they are known.
    private static func title(_ channel: MarkupNode, adapter: String, index: Int) -> String {
        func word(_ key: String) -> String? {
            let text = channel.attributes[key]?.trimmingCharacters(in: .whitespaces) ?? ""
            return text.isEmpty || text == "Not defined" ? nil : text
        }
        let place = word("Prefix") ?? (adapter.isEmpty ? nil : adapter)
        return [word("Muscle"), place, "\(index + 1)"].compactMap(\.self).joined(separator: " ")
    }
}
