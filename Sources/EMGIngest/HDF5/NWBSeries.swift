internal import EMGSignal
internal import HDF5

/// A series of samples in an NWB file.
struct NWBSeries: Sendable, Hashable {
    /// Its group, from the root group.
    let path: String
    /// The name of the part: the way to it with dashes, `acquisition` left out.
    let name: String
    /// Its neurodata type.
    let type: String
    /// The shape of its data.
    let shape: [Int]
    /// Whether it was made from another.
    let isProcessed: Bool

    /// How many channels it has.
    var channelCount: Int { shape.count == 1 ? 1 : shape[1] }
}
