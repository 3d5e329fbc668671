// Feeds a decoder with samples, and tells it what its user was asked for: it learns from that.

import Foundation
import MyoTask

let bundle = try DecoderBundle(contentsOf: URL(filePath: "run/decoders/prior.myodec"))
var decoder = try Decoder(bundle)
let chunk = [Float](repeating: 0, count: 40 * decoder.channelCount)  // 40 samples as they come
let asked = 1  // the number of the class that the program asks its user for
for _ in 0..<10 {
    var isDecided = false
    decoder.feed(chunk.span) { decision, _ in isDecided = decision.likeliestClass != nil }
    if isDecided, decoder.learns { try decoder.learn(asked) }
}
