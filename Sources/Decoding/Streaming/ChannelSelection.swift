internal import EMGArchive
internal import EMGSignal
private import PrintableText

/// How a stream's channels become those that a bundle was made for.
package enum ChannelMapping: String, Sendable, Hashable, CaseIterable {
    /// They are the same channels in the same order.
    case inOrder = "in-order"
    /// Each is taken by its name; others are left out.
    case byName = "by-name"
}

/// Which of a stream's channels a decoder is fed with, in its order.
struct ChannelSelection: Sendable, Hashable {
    /// The number of the stream's channel for each of the bundle's.
    let sources: [Int]
    /// Whether the rows go through as they are.
    let isWhole: Bool

    /// Compares a stream with what a bundle was made for.
    ///
    /// What a stream does not say of itself is taken to be as the bundle has it.
    ///
    /// - Parameters:
    ///   - stream: What the source says.
    ///   - input: What the bundle was made for.
    ///   - mapping: How channels are found.
    ///   - chosen: The numbers of channels that somebody chose by hand, from 0; their names are not
    ///     looked at.
    ///   - place: The source, for messages.
    /// - Throws: ``DecodingError`` with the first property that differs, and both values.
    init(
        _ stream: StreamDescription, for input: InputDescription, mapping: ChannelMapping,
        chosen: [Int]?, at place: String
    ) throws(DecodingError) {
        let channels = input.channels
        if let chosen {
            sources = try Self.chosen(chosen, of: stream, for: channels, at: place)
        } else if mapping == .byName {
            sources = try Self.byName(stream, for: channels, at: place)
        } else {
            sources = try Self.inOrder(stream, for: channels, at: place)
        }
        isWhole = sources == Array(0..<stream.channelCount)
        try Self.checkUnits(stream, sources, for: channels, at: place)
        if let rate = stream.samplingRate, !rate.agrees(with: input.samplingRate) {
            throw DecodingError(
                .otherInput(
                    property: "sampling rate", expected: "\(input.samplingRate.hertz) Hz",
                    found: "\(rate.hertz) Hz"), at: place,
                hint: "set the device to that rate, or train for the rate of the device "
                    + "(resample is a stage of pipelines)")
        }
    }

    private static func inOrder(
        _ stream: StreamDescription, for channels: [Channel], at place: String
    ) throws(DecodingError) -> [Int] {
        guard stream.channelCount == channels.count else {
            let isNamed = Set(stream.names ?? []).isSuperset(of: channels.map(\.name))
            throw DecodingError(
                .otherInput(
                    property: "channels",
                    expected: "\(channels.count): \(list(channels.map(\.name)))",
                    found: "\(stream.channelCount)" + (stream.names.map { ": \(list($0))" } ?? "")),
                at: place,
                hint: isNamed
                    ? "--map-channels by-name takes them by their names"
                    : "--channels 1-\(channels.count) takes the first \(channels.count)")
        }
        if let names = stream.names,
            let first = channels.indices.first(where: { names[$0] != channels[$0].name })
        {
            let isReordered = Set(names) == Set(channels.map(\.name))
            throw DecodingError(
                .otherInput(
                    property: "channel \(first + 1)", expected: channels[first].name,
                    found: names[first]), at: place,
                hint: isReordered
                    ? "these are the same channels in another order: --map-channels by-name takes "
                        + "them by their names"
                    : "if these are the same electrodes under other names, say so with "
                        + "--channels 1-\(channels.count)")
        }
        return Array(channels.indices)
    }

    private static func byName(
        _ stream: StreamDescription, for channels: [Channel], at place: String
    ) throws(DecodingError) -> [Int] {
        guard let names = stream.names else {
            throw DecodingError(
                .unsupported("the stream does not name its channels"), at: place,
                hint: "--channels takes them by their numbers")
        }
        var sources: [Int] = []
        for channel in channels {
            let places = names.indices.filter { names[$0] == channel.name }
            guard places.count == 1 else {
                throw DecodingError(
                    .otherInput(
                        property: "channel \(channel.name.printable())",
                        expected: "one of that name",
                        found: "\(places.count) among \(list(names))"), at: place,
                    hint: "--channels takes channels by their numbers")
            }
            sources.append(places[0])
        }
        return sources
    }

    private static func chosen(
        _ numbers: [Int], of stream: StreamDescription, for channels: [Channel], at place: String
    ) throws(DecodingError) -> [Int] {
        guard numbers.count == channels.count else {
            throw DecodingError(
                .otherInput(
                    property: "channels", expected: "\(channels.count)",
                    found: "\(numbers.count) chosen"), at: place,
                hint: "--channels must name as many as the bundle has")
        }
        if let beyond = numbers.first(where: { $0 >= stream.channelCount }) {
            throw DecodingError(
                .outOfRange(
                    expected: "a channel from 1 to \(stream.channelCount)", found: "\(beyond + 1)"),
                at: place)
        }
        return numbers
    }

    private static func checkUnits(
        _ stream: StreamDescription, _ sources: [Int], for channels: [Channel], at place: String
    ) throws(DecodingError) {
        guard let units = stream.units else { return }
        for (channel, source) in zip(channels, sources) where units[source] != channel.unit {
            throw DecodingError(
                .otherInput(
                    property: "unit of channel \(channel.name.printable())", expected: channel.unit,
                    found: units[source]), at: place,
                hint: "the numbers would mean something else: send them in \(channel.unit)")
        }
    }

    private static func list(_ names: [String]) -> String {
        names.count <= 12
            ? names.joined(separator: ", ")
            : names.prefix(11).joined(separator: ", ") + ", … \(names[names.count - 1])"
    }
}
