/// The names and units of a stream's channels, as the XDF format's conventions have them:
/// `desc/channels/channel` with `label` and `unit`.
struct LSLChannels {
    private var names: [String] = []
    private var units: [String] = []

    /// Reads them.
    ///
    /// - Parameters:
    ///   - info: The whole information of a stream.
    ///   - library: liblsl.
    init(_ info: LSLLibrary.Handle, _ library: LSLLibrary) {
        guard let root = unsafe library.description(info),
            let list = unsafe library.child(root, "channels"), unsafe library.isEmpty(list) == 0
        else { return }
        var next = unsafe library.child(list, "channel")
        while let channel = unsafe next, unsafe library.isEmpty(channel) == 0,
            names.count < SampleBlock.mostChannels
        {
            names.append(unsafe library.text("label", of: channel))
            units.append(unsafe library.text("unit", of: channel))
            unsafe next = library.nextSibling(channel, "channel")
        }
    }

    /// A description with the names and units, as far as each channel has one.
    func named(_ description: StreamDescription) -> StreamDescription {
        guard names.count == description.channelCount else { return description }
        return StreamDescription(
            channelCount: description.channelCount,
            names: names.contains("") ? nil : names,
            units: units.contains("") ? nil : units.map(\.knownUnit),
            samplingRate: description.samplingRate)
    }
}

extension LSLLibrary {
    /// The text of a member of an element; empty when there is none.
    fileprivate func text(_ name: String, of element: Handle) -> String {
        unsafe childValue(element, name).map { unsafe String(cString: $0) } ?? ""
    }
}
