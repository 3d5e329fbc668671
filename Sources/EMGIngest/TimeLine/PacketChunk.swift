/// Packets one after another, with neighbors on both sides that belong to other chunks.
struct PacketChunk: Sendable {
    /// The number of each packet's last sample.
    var samples: [Double] = []
    /// Its stamp, in seconds from the first one of the recording.
    var times: [Double] = []
    /// The number of the first packet.
    var first = 0
    /// The packets that are this chunk's own.
    var core = 0..<0
}
