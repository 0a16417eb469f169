"""What the hall's centre does for its devices: take in, give, grant, lease, publish, enrol, total.

Runs in the hub, or in process beside the store on the centre's own machine; always under the hall's head-row
lock.
"""
