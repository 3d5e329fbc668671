/// What happened to a stream while it was decoded.
package struct StreamCounters: Sendable, Hashable {
    /// Packets, datagrams or lines that samples came in.
    package var packets = 0
    /// Samples of all channels that arrived.
    package var samples = 0
    /// Packets that were no packets: damaged, cut short or of something else.
    package var corruptPackets = 0
    /// Samples that are missing between others.
    package var lostSamples = 0
    /// How often samples were missing.
    package var gaps = 0
    /// Samples in which a channel is not finite.
    package var nonFiniteSamples = 0
    /// How often the connection was lost.
    package var disconnects = 0
    /// How often it was made again.
    package var reconnects = 0
    /// How often nothing arrived for the duration of a window.
    package var stalls = 0
    /// Decisions of the decoder.
    package var decisions = 0
    /// Decisions for which there was no whole window of good samples.
    package var faultDecisions = 0
    /// Neutral outputs without a decision: nothing came, or not what should.
    package var neutralOutputs = 0
    /// Decisions that came later than the next one was due.
    package var missedDeadlines = 0

    /// The counters with their names, in order.
    var named: KeyValuePairs<String, Int> {
        [
            "packets": packets, "samples": samples, "corrupt_packets": corruptPackets,
            "lost_samples": lostSamples, "gaps": gaps, "non_finite_samples": nonFiniteSamples,
            "disconnects": disconnects, "reconnects": reconnects, "stalls": stalls,
            "decisions": decisions, "fault_decisions": faultDecisions,
            "neutral_outputs": neutralOutputs, "missed_deadlines": missedDeadlines,
        ]
    }
}
