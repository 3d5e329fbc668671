import EMGSignal

extension Recording {
    /// The unit of all channels; empty when they have several.
    var commonUnit: String {
        Set(channels.map(\.unit)).count == 1 ? channels[0].unit : ""
    }
}
