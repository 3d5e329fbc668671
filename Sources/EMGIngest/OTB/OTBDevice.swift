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
        /// Its name.
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

    init(_ root: OTBNode, at location: SourceLocation) throws(IngestError) {
        let fields = OTBFields(root, location)
        guard root.name == "Device" else {
            throw IngestError(
                .malformed(expected: "an element Device", found: root.name), at: location)
        }
        let name = root.attributes["Name"] ?? ""
        self.name = name
        hertz = try fields.number("SampleFrequency", in: 1e-3...1e6)
        bits = Int(try fields.number("ad_bits", in: 1...64))
        let count = Int(try fields.number("DeviceTotalChannels", in: 1...4_096))
        channelCount = count
        var channels: [Int: Channel] = [:]
        var warnings: [IngestWarning] = []
        var filters: [String] = []
        for adapter in root.all("Adapter") {
            let id = adapter.attributes["ID"] ?? ""
            let own = OTBFields(adapter, location)
            let start = Int(try own.number("ChannelStartIndex", in: 0...4_096))
            let conversion = OTBConversion(device: name, adapter: id)
            if let gain = adapter.attributes["Gain"].flatMap(Double.init), gain != 1,
                gain != conversion.gain, conversion.isVoltage
            {
                warnings.append(
                    IngestWarning(
                        .assumption, at: location,
                        message: "adapter \(id) of \(name) says a gain of \(gain.brief): taken "
                            + "for \(conversion.gain.brief), as the device has it"))
            }
            let filter = ["HighPassFilter", "LowPassFilter"].map {
                adapter.attributes[$0] ?? "unknown"
            }
            filters.append("\(id): \(filter.joined(separator: " to ")) Hz")
            for channel in adapter.all("Channel") {
                let index = Int(
                    try OTBFields(channel, location).number("Index", in: 0...4_096))
                let position = start + index
                guard position < count, channels[position] == nil else {
                    throw IngestError(
                        .inconsistent(
                            expected: "channels with places of their own among \(count)",
                            found: "adapter \(id), channel \(index)"), at: location,
                        hint: "the file is damaged; make or copy it again")
                }
                let gain = channel.attributes["Gain"].flatMap(Double.init) ?? 1
                guard gain.isFinite, gain > 0 else {
                    throw IngestError(
                        .malformed(expected: "a gain above 0", found: "\(gain)"), at: location)
                }
                let kind = Self.kind(adapter: id, channel: channel.attributes["ID"] ?? "")
                // Control channels count; quaternions are parts of 1.
                let isVoltage = kind == .emg || kind == .auxiliary
                channels[position] = Channel(
                    position: position, name: Self.title(channel, adapter: id, index: index),
                    kind: kind, unit: isVoltage ? "mV" : "count",
                    scale: isVoltage
                        ? conversion.range / 65_536 / conversion.gain / gain * 1_000 : 1)
            }
        }
        guard !channels.isEmpty else {
            throw IngestError(
                .noSamples(found: "a device without channels"), at: location)
        }
        self.channels = channels.values.sorted { $0.position < $1.position }
        self.warnings = warnings
        self.filters = filters
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
    private static func title(_ channel: OTBNode, adapter: String, index: Int) -> String {
        func word(_ key: String) -> String? {
            let text = channel.attributes[key]?.trimmingCharacters(in: .whitespaces) ?? ""
            return text.isEmpty || text == "Not defined" ? nil : text
        }
        let place = word("Prefix") ?? (adapter.isEmpty ? nil : adapter)
        return [word("Muscle"), place, "\(index + 1)"].compactMap(\.self).joined(separator: " ")
    }
}

/// What makes volts of a converter's numbers: they are `number · range / 2¹⁶ / gain`. The values
/// are those of the manufacturer's own programs.
struct OTBConversion: Sendable, Hashable {
    /// The converter's range in volts.
    let range: Double
    /// How often the amplifier enlarges.
    let gain: Double
    /// Whether the numbers are voltages at all.
    let isVoltage: Bool

    init(device: String, adapter: String) {
        let device = device.uppercased()
        var isVoltage = true
        switch (device, adapter) {
        case (_, "AdapterControl"), (_, "AdapterQuaternions"):
            (range, gain) = (1, 1)
            isVoltage = false
        case (_, "Direct connection"), (_, "Direct connection to Syncstation Input"),
            ("SYNCSTATION", "AdapterLoadCell"):
            (range, gain) = (5, 0.5)
        case ("QUATTRO", _), ("QUATTROCENTO", _): (range, gain) = (5, 150)
        case ("DUE", _): (range, gain) = (5, 200)
        case ("DUE+", _), ("QUATTRO+", _), ("SYNCSTATION", "Due+"), ("SYNCSTATION", "Quattro+"):
            (range, gain) = (3.3, 202)
        default: (range, gain) = (4.8, 256)
        }
        self.isVoltage = isVoltage
    }
}

/// Numbers among the attributes of an element.
struct OTBFields {
    private let node: OTBNode
    private let location: SourceLocation

    init(_ node: OTBNode, _ location: SourceLocation) {
        self.node = node
        self.location = location
    }

    /// A number that must be there.
    func number(_ key: String, in bounds: ClosedRange<Double>) throws(IngestError) -> Double {
        let text = node.attributes[key] ?? ""
        guard let number = Double(text), bounds.contains(number) else {
            throw IngestError(
                .malformed(
                    expected: "a number from \(bounds.lowerBound.brief) to "
                        + bounds.upperBound.brief,
                    found: text.isEmpty ? "none" : "\"\(text)\""),
                at: SourceLocation(
                    file: location.file, field: "\(node.name).\(key)", object: location.object),
                hint: "the file is damaged; make or copy it again")
        }
        return number
    }
}
