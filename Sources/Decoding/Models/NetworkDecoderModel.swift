internal import MetaLearning

/// A model that is a network for one window after the other.
protocol NetworkDecoderModel: DecoderModel {
    /// The network, built for the width of the windows.
    var network: any Network { get }
    /// Its parameters.
    var parameters: Parameters<Float> { get }
    /// Channels of a window.
    var channelCount: Int { get }
    /// Samples of a window.
    var windowLength: Int { get }
}

extension NetworkModel: NetworkDecoderModel {}
