private import EMGArchive
internal import EMGSignal

/// How a stream's channels become those that a bundle was made for.
package enum ChannelMapping: String, Sendable, Hashable, CaseIterable {
    /// They are the same channels in the same order.
    case inOrder = "in-order"
    /// Each is taken by its name; others are left out.
    case byName = "by-name"
}

/// Which of a stream's channels a decoder is fed with, in its order.
package struct ChannelSelection: Sendable, Hashable {
    /// The number of the stream's channel for each of the bundle's.
    package let sources: [Int]
    /// Whether the rows go through as they are.
    package let isWhole: Bool

    /// Compares a stream with what a bundle was made for.
    ///
    /// What a stream does not say of itself is taken to be as the bundle has it.
    ///
    /// - Parameters:
    ///   - stream: What the source says.
    ///   - bundle: What decodes.
    ///   - mapping: How channels are found.
    ///   - chosen: The numbers of channels that somebody chose by hand, from 0; their names are not
    ///     looked at.
    ///   - place: The source, for messages.
    /// - Throws: ``DecodingError`` with the first property that differs, and both values.
    package init(
        _ stream: StreamDescription, for bundle: DecoderBundle, mapping: ChannelMapping,
        chosen: [Int]?, at place: String
    ) throws(DecodingError) {
        let own = bundle.input.channels
        let names = stream.names
        sources =
            if let chosen {
                try Self.checked(chosen, of: stream, for: own, at: place)
            } else if mapping == .byName {
                try Self.byName(names, for: own, at: place)
            } else {
                Array(0..<stream.channelCount)
            }
        isWhole = sources == Array(0..<stream.channelCount)
        let isOfAnyName = chosen != nil || (names == nil && sources.count == own.count)
        let found = sources.indices.map { index in
            Channel(
                name: isOfAnyName
                    ? own[index].name : names?[sources[index]] ?? "channel \(sources[index] + 1)",
                unit: stream.units?[sources[index]] ?? "")
        }
        do throws(DecodingError) {
            try bundle.check(
                channels: found, rate: stream.samplingRate ?? bundle.samplingRate, at: place)
        } catch {
            throw DecodingError(
                error.kind, at: error.location,
                hint: Self.remedy(found.map(\.name), own.map(\.name)) ?? error.hint)
        }
    }

    /// What helps when channels are others than the bundle's; `nil` when they are the same.
    private static func remedy(_ found: [String], _ own: [String]) -> String? {
        guard found != own else { return nil }
        if Set(found).isSuperset(of: own) {
            return "--map-channels by-name takes the bundle's channels by their names"
        }
        return found.count < own.count
            ? "connect as many electrodes as the bundle was made for"
            : "if these are the same electrodes under other names, say which: --channels "
                + "1-\(own.count) takes the first \(own.count)"
    }

    private static func byName(
        _ names: [String]?, for channels: [Channel], at place: String
    ) throws(DecodingError) -> [Int] {
        guard let names else {
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
                        property: "channels", expected: channel.name,
                        found: "\(places.count) of that name among \(names.count)"), at: place,
                    hint: "--channels takes channels by their numbers")
            }
            sources.append(places[0])
        }
        return sources
    }

    private static func checked(
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
                at: place, hint: "--channels counts the stream's channels from 1")
        }
        return numbers
    }
}
