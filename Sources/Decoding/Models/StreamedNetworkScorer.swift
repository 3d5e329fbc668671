internal import Autodiff
internal import MetaLearning

/// Runs a network on windows while their samples arrive.
struct StreamedNetworkScorer: StreamedScorer {
    private var windows: StreamedWindows

    /// Prepares a network; `nil` for one that has to be run window by window.
    ///
    /// - Parameters:
    ///   - model: The network.
    ///   - stride: Samples from one window to the next.
    init?(_ model: NetworkModel, stride: Int) {
        let network = model.network
        let graph = try? ForwardGraph(
            inputWidth: network.inputWidth, parameters: model.parameters.values
        ) { tape, input in network.record(on: &tape, input: input) }
        guard let graph,
            let streamed = StreamedNetwork(
                graph, channelCount: model.channelCount, windowLength: model.windowLength,
                isChannelMajor: network.layout == .channelMajor),
            let windows = StreamedWindows(streamed, stride: stride)
        else { return nil }
        self.windows = windows
    }

    mutating func take(_ sample: Span<Float>, beginsWindow: Bool) {
        windows.take(sample, beginsWindow: beginsWindow)
    }

    mutating func interrupt() { windows.interrupt() }

    mutating func score(into probabilities: inout MutableSpan<Double>) {
        guard windows.finish(into: &probabilities) else {
            for index in probabilities.indices { probabilities[index] = .nan }
            return
        }
        probabilities.becomeSoftmax()
    }
}
